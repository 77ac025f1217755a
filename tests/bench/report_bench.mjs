// node report_bench.mjs MAINSTAY JUDGES SOURCE: the report page of a made estate of WORKLOADS workloads (default 10000) in Chromium: how large
// it is, how long it takes to write, to open until it can be used, and to answer one failure. Medians of RUNS (default 5).
import { statSync } from 'node:fs';
import { browser, open, report, scratch } from '../browser/page.mjs';
import { largeFacts, writeFacts } from '../browser/estates.mjs';

const workloads = Number(process.env.WORKLOADS ?? 10_000);
const runs = Number(process.env.RUNS ?? 5);
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const facts = writeFacts(scratch, 'bench', largeFacts(workloads));
const begin = performance.now();
const path = await report('bench', '--facts', facts);
console.log(
  `${workloads} workloads: written in ${((performance.now() - begin) / 1000).toFixed(2)} s, ${(statSync(path).size / 1e6).toFixed(2)} MB`,
);

const context = await browser();
const opened = [];
for (let run = 0; run < runs; ++run) {
  const start = performance.now();
  const { done } = await open(context, path);
  opened.push(performance.now() - start);
  await done();
}
console.log(`open until it can be used: median ${median(opened).toFixed(0)} ms`);

const { page, done } = await open(context, path);
for (const down of [
  'resolver:server:hosts/dns0/unbound:silent',
  'provider:cloudflare:silent',
  'failure-domain:zone az1:silent',
  'zone:z1.corp.example:wrong-negative',
]) {
  const times = await page.evaluate(
    async ([fragment, count]) => {
      const all = [];
      for (let run = 0; run < count; ++run) {
        for (const hash of ['#fail=', fragment]) {
          const changed = new Promise((resolve) =>
            addEventListener('hashchange', () => requestAnimationFrame(() => setTimeout(resolve)), { once: true }),
          );
          const from = performance.now();
          location.hash = hash;
          await changed;
          if (hash === fragment) all.push(performance.now() - from);
        }
      }
      return all;
    },
    [`#fail=${encodeURIComponent(down)}`, runs],
  );
  console.log(`${down.padEnd(46)} answered and painted: median ${median(times).toFixed(0)} ms   ${await page.textContent('.answer')}`);
}
await done();
await context.close();
