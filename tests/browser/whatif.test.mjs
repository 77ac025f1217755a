// What the page says when a thing is failed is what `mainstay whatif` says: for everything that can fail. Each thing fails in the usual way, and
// one in four in every way in which it can; with MAINSTAY_ALL_MODES=1 everything fails in every way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browser, harbour, mainstay, open, report, scratch, twoAtATime } from './page.mjs';
import { madeFacts, writeFacts } from './estates.mjs';

const context = await browser();
test.after(() => context.close());

const spec = ({ kind, name, mode }) => `${kind}:${name}:${mode}`;

/** Everything that can fail, as the page knows it. */
const failable = (page) =>
  page.evaluate(() => {
    const data = JSON.parse(document.getElementById('data').textContent);
    const whatIf = (window.whatIf = new WhatIf(data.graph, data.model, data.texts));
    const all = [];
    for (let node = 0; node < whatIf.graph.size; ++node) {
      if (whatIf.graph.names[node] === 0) continue;
      const modes = whatIf.modesOf(node);
      if (modes.length > 0) all.push({ node, kind: whatIf.kind(node), name: whatIf.name(node), modes });
    }
    return all;
  });

/** What the page works out, in the shape of the program's JSON. */
const pageAnswer = (page, faults) =>
  page.evaluate((failed) => {
    const whatIf = window.whatIf;
    const state = whatIf.evaluate(failed);
    return state.outcomes.map((one) => {
      const standing = one.standing;
      const timed = one.wait !== null && !one.ending && standing !== 'fine' && isNone(state.wrong.of(one.node)) && isNone(one.slowed);
      return {
        workload: whatIf.name(one.node),
        standing,
        endpoints: [...new Set(one.uses.map((use) => whatIf.label(use)))].sort(),
        reason: reasonOf(whatIf, state, one),
        arithmetic: timed ? one.wait.arithmetic : '',
        wait: timed ? { lo: one.wait.lo, hi: one.wait.hi } : null,
        deadline: standing === 'time-out' ? one.deadline : null,
        lockout: one.ending ? one.ending.known : null,
        holds_known: one.ending ? one.ending.known === one.ending.most : false,
        lost_percent: timed ? { lo: 0, hi: 0 } : { lo: percent(one.lost.lo), hi: percent(one.lost.hi) },
      };
    });
  }, faults);

async function programAnswer(inputs, faults) {
  const { out, err } = await mainstay('whatif', ...inputs, ...faults.flatMap((one) => ['--down', spec(one)]), '--format', 'json');
  assert.ok(out.startsWith('{'), `${faults.map(spec)}: ${err}`);
  const answer = JSON.parse(out);
  assert.deepEqual(
    answer.down.map((one) => `${one.kind}:${one.name}:${one.mode}`).sort(),
    faults.map(spec).sort(),
    'the program means the same things',
  );
  return answer.workloads.map((row) => ({
    workload: row.workload,
    standing: row.standing,
    endpoints: row.endpoints,
    reason: row.reason,
    arithmetic: row.arithmetic,
    wait: row.wait,
    deadline: row.deadline,
    lockout: row.lockout ? row.lockout.hi : null,
    holds_known: row.holds_known,
    lost_percent: row.wait ? { lo: 0, hi: 0 } : { lo: row.lost_percent.lo, hi: row.lost_percent.hi },
  }));
}

const byWorkload = (rows) => [...rows].sort((a, b) => (a.workload < b.workload ? -1 : 1));

/** Compares each scenario; gives how many rows there were, and of how many the page said that it does not know the time. */
async function compare(page, inputs, scenarios, mayBeUntold) {
  const tally = { scenarios: scenarios.length, rows: 0, untold: 0, concerned: 0 };
  const expected = await twoAtATime(scenarios, (faults) => programAnswer(inputs, faults));
  for (const [at, faults] of scenarios.entries()) {
    const here = byWorkload(await pageAnswer(page, faults));
    const there = byWorkload(expected[at]);
    assert.equal(here.length, there.length);
    here.forEach((row, number) => {
      ++tally.rows;
      if (row.reason !== '') ++tally.concerned;
      if (mayBeUntold && row.standing === 'untold') {
        ++tally.untold;
        assert.ok(['now', 'degraded', 'time-out', 'slow', 'fine'].includes(there[number].standing));
        assert.equal(there[number].lockout, null);
        return;
      }
      assert.deepEqual(row, there[number], `${faults.map(spec).join(' and ')}: ${row.workload}`);
    });
  }
  return tally;
}

const singles = (things, modesOf) =>
  things.flatMap((thing) => modesOf(thing).map((mode) => [{ node: thing.node, kind: thing.kind, name: thing.name, mode }]));

const modesOf = (thing) => (process.env.MAINSTAY_ALL_MODES || thing.node % 4 === 0 ? thing.modes : thing.modes.slice(0, 1));

/** Pairs that a small formula picks, spread over all things. */
function pairs(things, count) {
  const chosen = [];
  for (let at = 0; at < count; ++at) {
    const a = things[(at * 37 + 11) % things.length];
    const b = things[(at * 61 + 29 + Math.floor(at / 3)) % things.length];
    if (a.node !== b.node)
      chosen.push(
        [a, b].map((one, second) => ({
          node: one.node,
          kind: one.kind,
          name: one.name,
          mode: one.modes[(at + second) % one.modes.length],
        })),
      );
  }
  return chosen;
}

test('what-if: everything of samples/harbour that can fail', async () => {
  const { page, done } = await open(context, await report('harbour', harbour));
  const things = await failable(page);
  assert.ok(things.length > 50);
  const tally = await compare(page, [harbour], singles(things, modesOf), false);
  console.log(
    `harbour: ${things.length} things, ${tally.scenarios} single faults, ${tally.rows} rows equal, ${tally.concerned} of them concerned`,
  );
  assert.ok(tally.concerned > 500);
  const two = await compare(page, [harbour], pairs(things, 40), true);
  console.log(`harbour: ${two.scenarios} pairs, ${two.rows} rows, ${two.untold} without a time`);
  assert.ok(two.untold < two.rows / 50);
  await done();
});

for (const seed of process.env.MAINSTAY_ALL_MODES ? [1, 2, 3, 4, 5, 6, 7, 8] : [1, 2, 3]) {
  test(`what-if: everything of made estate ${seed} that can fail, cycles and all`, async () => {
    const facts = writeFacts(scratch, `made-${seed}`, madeFacts(seed));
    const inputs = ['--facts', facts];
    const { page, done } = await open(context, await report(`made-${seed}`, ...inputs));
    const things = await failable(page);
    const tally = await compare(page, inputs, singles(things, modesOf), false);
    const two = await compare(page, inputs, pairs(things, 25), true);
    console.log(
      `made ${seed}: ${things.length} things, ${tally.scenarios} single faults, ${tally.rows} rows, ${tally.concerned} concerned; pairs: ${two.rows} rows, ${two.untold} without a time`,
    );
    assert.ok(tally.concerned > 50);
    await done();
  });
}

test('what-if: the lists that a person sees are those answers', async () => {
  const { page, done } = await open(context, await report('lists', harbour));
  const things = await failable(page);
  const scenarios = singles(things, (thing) => thing.modes.slice(0, 1)).filter((_, at) => at % 8 === 0);
  const expected = await twoAtATime(scenarios, (faults) => programAnswer([harbour], faults));
  for (const [at, faults] of scenarios.entries()) {
    const rows = await page.evaluate(
      async (fragment) => {
        const changed = new Promise((resolve) => addEventListener('hashchange', () => setTimeout(resolve), { once: true }));
        location.hash = fragment;
        await changed;
        for (const details of document.querySelectorAll('.panel .standing')) {
          details.open = true;
          await new Promise((resolve) => setTimeout(resolve));
          while (details.querySelector('.more:not([hidden])')) details.querySelector('.more').click();
        }
        return [...document.querySelectorAll('.panel .standing ul[data-standing]')].flatMap((list) =>
          [...list.children].map((item) => ({
            workload: item.querySelector('.who').textContent,
            standing: list.dataset.standing,
            text: item.textContent,
          })),
        );
      },
      `#fail=${encodeURIComponent(spec(faults[0]))}`,
    );
    const there = byWorkload(expected[at]);
    assert.deepEqual(
      byWorkload(rows).map(({ workload, standing }) => ({ workload, standing })),
      there.map(({ workload, standing }) => ({ workload, standing })),
      spec(faults[0]),
    );
    byWorkload(rows).forEach((row, number) =>
      assert.ok(row.text.includes(there[number].reason), `${row.text} says: ${there[number].reason}`),
    );
    const count = there.filter((row) => row.standing === 'now').length;
    assert.match(await page.textContent('.answer'), new RegExp(`^${count} workloads? cannot authenticate now; `));
  }
  await done();
});
