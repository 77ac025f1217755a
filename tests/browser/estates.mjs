// Made estates, as facts: small, random, and with the things that make answers hard: cycles of forwarders, delegation cycles, lists of
// resolvers that differ, caches, holds, deadlines, several clients.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Numbers from a seed: xorshift32. */
function numbers(seed) {
  let state = seed >>> 0 || 1;
  const next = () => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
  return {
    below: (count) => Math.floor(next() * count),
    chance: (share) => next() < share,
    some(list, most) {
      const left = [...list];
      const chosen = [];
      for (let count = 1 + Math.floor(next() * most); count > 0 && left.length > 0; --count)
        chosen.push(...left.splice(Math.floor(next() * left.length), 1));
      return chosen;
    },
    one: (list) => list[Math.floor(next() * list.length)],
  };
}

const reasons = (file) => [{ confidence: 'declared', file, line: 1, column: 1, length: 4, text: file }];

/** Facts of one estate. */
export function madeFacts(seed) {
  const random = numbers(seed * 7919);
  const facts = [];
  const zones = ['corp.example.', 'login.example.', 'id.example.net.', 'dns.example.org.'];
  zones.forEach((apex, at) => {
    facts.push({ fact: 'zone', apex, provider: random.chance(0.3) ? 'route53' : '', reasons: reasons(`zones/${apex}zone`) });
    // Name servers inside, in another zone that may need this one, and elsewhere.
    const hosts = random.some([`ns1.${apex}`, `ns2.${apex}`, `ns.${zones[(at + 1) % zones.length]}`, `ns.${random.one(zones)}`], 3);
    for (const host of hosts)
      facts.push({
        fact: 'record',
        owner: apex,
        type: 'NS',
        ttl: 3600,
        data: host.replace(/\.$/, ''),
        zone: apex,
        reasons: reasons(`zones/${apex}zone`),
      });
    for (const host of ['ns', 'ns1', 'ns2', 'a', 'b']) {
      if (random.chance(0.8))
        facts.push({
          fact: 'record',
          owner: `${host}.${apex}`.replace(/\.$/, ''),
          type: 'A',
          ttl: random.one([60, 300, 3600]),
          data: `192.0.2.${10 * at + random.below(10)}`,
          zone: apex,
          reasons: reasons(`zones/${apex}zone`),
        });
    }
    if (random.chance(0.5))
      facts.push({
        fact: 'record',
        owner: `alias.${apex}`.replace(/\.$/, ''),
        type: 'CNAME',
        ttl: 300,
        data: `a.${random.one(zones)}`.replace(/\.$/, ''),
        zone: apex,
        reasons: reasons(`zones/${apex}zone`),
      });
  });
  const servers = Array.from({ length: 7 }, (_, at) => `10.0.${at}.53`);
  servers.forEach((address, at) => {
    const host = `dns${at}`;
    facts.push({
      fact: 'scope',
      id: `host:${host}`,
      kind: 'host',
      name: host,
      failure_domains: [{ kind: 'zone', name: `az${at % 3}` }],
      reasons: reasons(`hosts/${host}`),
    });
    const server = {
      fact: 'server',
      id: `server:${host}`,
      software: random.one(['unbound', 'bind', 'coredns', 'dnsmasq', '']),
      scope: `host:${host}`,
      addresses: [address],
      reasons: reasons(`hosts/${host}/conf`),
    };
    if (random.chance(0.6)) {
      server.forwards = [
        {
          zone: '.',
          upstreams: random
            .some(
              servers.filter((one) => one !== address),
              2,
            )
            .map((upstream) => ({ address: upstream })),
          choice: random.one(['ordered', 'random', 'parallel']),
        },
      ];
      if (random.chance(0.25)) server.forwards[0].upstreams = [{ stub: `host:app${random.below(8)}` }];
    } else {
      server.iterates = true;
    }
    if (random.chance(0.2))
      server.local_zones = [{ zone: random.one(zones), answers_all: true, source: 'static', reasons: reasons(`hosts/${host}/conf`) }];
    if (random.chance(0.3)) server.cache = { serve_stale: random.one([3600, 86400]) };
    facts.push(server);
  });
  for (let at = 0; at < 8; ++at) {
    const host = `app${at}`;
    facts.push({ fact: 'scope', id: `host:${host}`, kind: 'host', name: host, reasons: reasons(`hosts/${host}`) });
    if (!random.chance(0.1)) {
      facts.push({
        fact: 'stub',
        scope: `host:${host}`,
        library: random.one(['glibc', 'musl', 'go', 'systemd-resolved', 'unknown']),
        ...(random.chance(0.3) ? { timeout: 1, attempts: 3 } : {}),
        rotate: random.chance(0.2),
        servers: random.some(servers, 3).map((address) => ({ address, reasons: reasons(`hosts/${host}/etc/resolv.conf`) })),
        reasons: reasons(`hosts/${host}/etc/resolv.conf`),
      });
    }
    for (let own = 0; own < 2; ++own) {
      const id = `process:${host}/s${own}`;
      facts.push({
        fact: 'workload',
        id,
        kind: 'process',
        name: `s${own}`,
        scope: `host:${host}`,
        ...(at === 0 && own === 0 ? { purpose: 'break-glass' } : {}),
        reasons: reasons(`hosts/${host}/s${own}/.env`),
      });
      for (const name of random.some(
        zones.flatMap((apex) => [`a.${apex}`, `b.${apex}`, `alias.${apex}`]),
        2,
      )) {
        facts.push({
          fact: 'use',
          workload: id,
          host: name.replace(/\.$/, ''),
          role: random.one(['oidc-issuer', 'secret-store', 'ldap']),
          ...(random.chance(0.5) ? { deadline: random.one([1000, 3000, 6000, 30000]) } : {}),
          ...(random.chance(0.3) ? { alternative: 'sign-in' } : {}),
          ...(random.chance(0.4) ? { hold: random.one([0, 300, 3600]) } : {}),
          reasons: reasons(`hosts/${host}/s${own}/.env`),
        });
      }
    }
  }
  return facts;
}

export function writeFacts(folder, name, facts) {
  const path = join(folder, `${name}.jsonl`);
  writeFileSync(path, facts.map((one) => JSON.stringify(one)).join('\n') + '\n');
  return path;
}

/** A large estate: twenty workloads a host, two uses each; every host lists two of forty resolvers, which forward to two of four upstreams; a
 *  hundred zones at four providers. The same shape as that of tests/bench/whatif_bench.sh. */
export function largeFacts(workloads) {
  const random = numbers(20260401);
  const facts = [];
  const providers = ['route53', 'cloudflare', 'azure-dns', 'google-cloud-dns'];
  const why = (file, line, text) => [{ confidence: 'declared', file, line, column: 1, length: text.length, text }];
  for (let zone = 0; zone < 100; ++zone) {
    const apex = `z${zone}.corp.example.`;
    const file = `zones/z${zone}.zone`;
    facts.push({ fact: 'zone', apex, provider: providers[zone % 4], reasons: why(file, 1, `${apex} SOA`) });
    for (let host = 0; host < 5; ++host) {
      facts.push({
        fact: 'record',
        owner: `login${host}.${apex}`,
        type: 'A',
        ttl: 300,
        data: `192.0.2.${host + 1}`,
        zone: apex,
        reasons: why(file, host + 2, `login${host} 300 A`),
      });
    }
  }
  for (let one = 0; one < 44; ++one) {
    const address = one < 40 ? `10.1.${one}.53` : `10.2.${one}.53`;
    const scope = `hosts/dns${one}`;
    const file = `${scope}/etc/unbound/unbound.conf`;
    const role =
      one < 40
        ? {
            forwards: [
              { zone: '.', upstreams: [{ address: `10.2.${40 + (one % 4)}.53` }, { address: `10.2.${40 + ((one + 1) % 4)}.53` }] },
            ],
          }
        : { iterates: true };
    facts.push({
      fact: 'scope',
      id: `host:${scope}`,
      kind: 'host',
      name: `dns${one}`,
      failure_domains: [{ kind: 'zone', name: `az${one % 3}` }],
      reasons: why(file, 1, 'server:'),
    });
    facts.push({
      fact: 'server',
      id: `server:${scope}/unbound`,
      software: 'unbound',
      scope: `host:${scope}`,
      addresses: [address],
      ...role,
      reasons: why(file, 2, `interface: ${address}`),
    });
  }
  for (let one = 0; one < workloads; ++one) {
    const host = Math.floor(one / 20);
    const scope = `host:hosts/app${host}`;
    if (one % 20 === 0) {
      const file = `hosts/app${host}/etc/resolv.conf`;
      const lines = [host % 40, (host + 7) % 40].map((at) => `10.1.${at}.53`);
      facts.push({ fact: 'scope', id: scope, kind: 'host', name: `app${host}`, reasons: why(file, 1, 'nameserver') });
      facts.push({
        fact: 'stub',
        scope,
        library: 'glibc',
        servers: lines.map((address, at) => ({ address, reasons: why(file, at + 1, `nameserver ${address}`) })),
        reasons: why(file, 1, `nameserver ${lines[0]}`),
      });
    }
    const id = `process:hosts/app${host}/opt/s${one}`;
    const file = `hosts/app${host}/opt/s${one}/.env`;
    facts.push({ fact: 'workload', id, kind: 'process', name: `s${one}`, scope, reasons: why(file, 1, 'OIDC_ISSUER_URL') });
    for (let use = 0; use < 2; ++use) {
      const name = `login${random.below(5)}.z${random.below(100)}.corp.example`;
      facts.push({
        fact: 'use',
        workload: id,
        host: name,
        role: use === 0 ? 'oidc-issuer' : 'secret-store',
        deadline: 3000,
        reasons: why(file, use + 1, `URL=https://${name}`),
      });
    }
  }
  return facts;
}
