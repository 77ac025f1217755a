// A large estate opens: lists come in pages, the map begins with a summary, and a failure is answered as the program answers it.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { browser, mainstay, open, report, scratch } from './page.mjs';
import { largeFacts, writeFacts } from './estates.mjs';

const kWorkloads = 2000;
const context = await browser();
test.after(() => context.close());

const quoted = (text) => (text.includes(' ') ? `'${text}'` : text);

test('scale: a large estate is summed up first and shown on demand', async () => {
  const facts = writeFacts(scratch, 'large', largeFacts(kWorkloads));
  const path = await report('large', '--facts', facts);
  assert.ok(statSync(path).size < kWorkloads * 400, `${statSync(path).size} octets`);
  const { page, done } = await open(context, path);
  const drawn = await page.$$eval('.stage .thing', (all) => all.length);
  assert.ok(drawn > 1 && drawn <= 200, `${drawn} things`);
  assert.match(await page.textContent('.note'), /drawn as one|left out|a summary/i);
  assert.ok((await page.$$eval('*', (all) => all.length)) < 20_000);

  await page.keyboard.press('/');
  await page.keyboard.type('s1234');
  await page.waitForSelector('#hits:not([hidden]) li');
  await page.keyboard.press('Enter');
  assert.match(await page.textContent('.thing-looked-at'), /s1234/);
  assert.ok((await page.$$eval('.stage .thing', (all) => all.length)) <= 200);

  for (const down of ['provider:cloudflare:silent', 'failure-domain:zone az1:silent', 'zone:z1.corp.example:wrong-negative']) {
    const answer = JSON.parse((await mainstay('whatif', '--facts', facts, '--down', down, '--format', 'json')).out);
    const headline = await page.evaluate(
      async (fragment) => {
        const changed = new Promise((resolve) => addEventListener('hashchange', () => setTimeout(resolve), { once: true }));
        location.hash = fragment;
        await changed;
        return document.querySelector('.answer').textContent;
      },
      `#fail=${encodeURIComponent(down)}`,
    );
    const plain = headline.replaceAll(',', '');
    assert.ok(plain.startsWith(`${answer.counts.now} workload`), `${down}: ${headline}`);
    for (const [standing, words] of [
      ['time-out', 'time out'],
      ['degraded', 'fail in part'],
      ['later', 'later'],
      ['slow', 'get slow'],
      ['fine', 'unaffected'],
    ]) {
      if (answer.counts[standing] > 0)
        assert.ok(plain.includes(`${answer.counts[standing]} ${words}`), `${down}: ${standing}: ${headline}`);
    }
    assert.equal(await page.textContent('.panel .lists .command code'), `mainstay whatif --facts ${facts} --down ${quoted(down)} --who`);
    assert.ok((await page.$$eval('.panel li', (all) => all.length)) < 500);
  }
  await done();
});
