// Forty payloads in names, values, files and log lines: each shows as text, none of them does anything.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { browser, open, report, scratch, source } from './page.mjs';

const context = await browser();
test.after(() => context.close());

const payloads = readFileSync(join(source, 'tests/render/hostile_payloads.txt'), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) =>
    Buffer.from(
      line.replace(/\\(x([0-9a-f]{2})|.)/g, (all, sign, code) =>
        code ? String.fromCharCode(parseInt(code, 16)) : { n: '\n', r: '\r', t: '\t', b: '\b', '\\': '\\' }[sign],
      ),
      'latin1',
    ),
  );

/** As render/escape.h shows text: controls and what misleads as visible codes. */
function shown(bytes) {
  const text = new TextDecoder().decode(bytes);
  if (text.includes('\ufffd'))
    return [...bytes].map((byte) => (byte >= 0x80 ? `\\x${byte.toString(16)}` : String.fromCharCode(byte))).join('');
  return [...text]
    .map((character) => {
      const code = character.codePointAt(0);
      if (character === '\t') return ' ';
      if (character === '\n') return '\\n';
      if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
      return (code >= 0x80 && code < 0xa0) || [0x200b, 0x202e].includes(code) ? `\\u{${code.toString(16)}}` : character;
    })
    .join('');
}

function plant(folder) {
  const write = (path, content) => {
    const full = Buffer.concat([Buffer.from(`${folder}/`), Buffer.isBuffer(path) ? path : Buffer.from(path)]);
    mkdirSync(Buffer.from(dirname(full.toString('latin1')), 'latin1'), { recursive: true });
    writeFileSync(full, content);
  };
  write('etc/resolv.conf', 'nameserver 10.0.0.1\n');
  payloads.forEach((payload, at) => {
    // A workload of that name, with that value, in a file of that name; a line of a log; a file that is broken in that way.
    const name = Buffer.from(payload.filter((byte) => byte !== 0x2f && byte !== 0));
    write(
      Buffer.concat([Buffer.from('opt/'), name, Buffer.from(`-${at}/.env`)]),
      Buffer.concat([
        Buffer.from(`OIDC_ISSUER_URL=https://login${at}.corp.example # `),
        payload.filter((byte) => byte !== 0x0a),
        Buffer.from('\n'),
      ]),
    );
    if (!payload.includes(0xff)) {
      write(
        `pods/pod-${at}.yaml`,
        JSON.stringify({
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name: payload.toString(), namespace: payload.toString() },
          spec: {
            dnsPolicy: 'None',
            dnsConfig: { nameservers: ['10.0.0.1'] },
            containers: [{ name: 'c', env: [{ name: 'VAULT_ADDR', value: `https://vault${at}.corp.example` }] }],
          },
        }),
      );
    }
    write(
      Buffer.concat([Buffer.from('broken/'), name, Buffer.from(`-${at}/etc/resolv.conf`)]),
      Buffer.concat([Buffer.from('nameserver '), payload.filter((byte) => byte !== 0x0a), Buffer.from('\n')]),
    );
  });
  write(
    'query.log',
    Buffer.concat(
      payloads.map((payload) =>
        Buffer.concat([
          Buffer.from('01-Jan-2026 10:00:00.000 client @0x7f 10.0.0.9#1 ('),
          payload,
          Buffer.from('): query: '),
          payload,
          Buffer.from(' IN A + (10.0.0.1)\n'),
        ]),
      ),
    ),
  );
}

/** Everything that the page makes elements of. */
const kTags = new Set(
  (
    'HTML HEAD META TITLE STYLE BODY NOSCRIPT SCRIPT A ADDRESS HEADER P H1 H2 H3 H4 DIV SPAN STRONG NAV UL OL LI INPUT BUTTON LABEL SELECT OPTION MAIN SECTION TABLE THEAD TBODY TR TH TD ' +
    'DETAILS SUMMARY FORM FIELDSET LEGEND CODE DL DT DD FOOTER svg g path rect text title'
  ).split(' '),
);

test('hostile: forty payloads in a real browser are text, and nothing else', async () => {
  assert.equal(payloads.length, 40);
  const folder = join(scratch, 'planted');
  plant(folder);
  const path = await report(
    'planted',
    folder,
    '--logs',
    join(folder, 'query.log'),
    '--title',
    payloads
      .filter((one) => !one.includes(0xff) && !one.includes(0))
      .map(String)
      .join(' '),
  );
  const { page, done } = await open(context, path);
  await page.evaluate(async () => {
    const open = async () => {
      for (let rounds = 0; rounds < 40; ++rounds) {
        for (const details of document.querySelectorAll('details:not([open])')) details.open = true;
        await new Promise((resolve) => setTimeout(resolve));
        const more = [...document.querySelectorAll('.more')].filter((one) => !one.hidden);
        if (more.length === 0 && document.querySelector('details:not([open])') === null) return;
        for (const one of more) one.click();
      }
    };
    await open();
    document.querySelector('.worst button').click();
    await open();
  });
  // Every thing of the map and every hit of a search is looked at once.
  for (let at = 0; at < payloads.length; ++at) {
    await page.fill('#search', `login${at}.corp.example`);
    await page.waitForFunction(
      (name) => [...document.querySelectorAll('#hits button')].some((one) => one.textContent.includes(name)),
      `login${at}.corp.example`,
    );
    await page.keyboard.press('Enter');
  }
  await page.fill('#search', '');
  await page.waitForTimeout(200);
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details:not([open])')) details.open = true;
  });
  const seen = await page.evaluate(() => ({
    text: document.body.innerText + [...document.querySelectorAll('.stage *, .panel *')].map((one) => one.textContent).join('\n'),
    tags: [...new Set([...document.querySelectorAll('*')].map((one) => one.tagName))],
    scripts: document.scripts.length,
    handlers: [...document.querySelectorAll('*')].flatMap((one) =>
      [...one.attributes].filter(
        ({ name, value }) => name.startsWith('on') || name === 'style' || name === 'src' || (name === 'href' && !value.startsWith('#')),
      ),
    ).length,
    raw: /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202e\ufffd]/.exec(document.documentElement.textContent)?.index ?? -1,
  }));
  for (const payload of payloads) {
    const words = shown(payload);
    const flat = (text) => text.replace(/\s+/g, ' ');
    assert.ok(
      flat(seen.text).includes(flat(words).trim()) || flat(seen.text).includes(flat(words).replaceAll('/', '').trim()),
      `${words} is on the page`,
    );
  }
  assert.deepEqual(
    seen.tags.filter((tag) => !kTags.has(tag)),
    [],
  );
  assert.equal(seen.scripts, 2);
  assert.equal(seen.handlers, 0);
  assert.equal(seen.raw, -1);
  await done();
});
