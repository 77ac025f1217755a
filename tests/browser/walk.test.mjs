// What a person does with the page: search, filter, focus, zoom, fail; with a mouse, with keys alone, in the dark, on a telephone, on paper.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { browser, harbour, mainstay, open, report } from './page.mjs';

const path = await report('walk', harbour);
const scan = JSON.parse((await mainstay('scan', harbour, '--format', 'json')).out);
const context = await browser();
test.after(() => context.close());

const shown = (page) => page.$$eval('#findings ol.findings > li', (items) => items.length);
const zoom = (page) => page.$eval('.stage', (stage) => Number(stage.dataset.zoom));
const things = (page) => page.$$eval('.stage .thing', (all) => all.length);

test('page: the head says what was read, and counts what the scan counts', async () => {
  const { page, done } = await open(context, path);
  assert.match(await page.textContent('.completeness'), /^ ?Complete\. /);
  assert.match(await page.textContent('#findings [role="status"]'), new RegExp(`^${scan.findings.length} findings, worst first$`));
  const tiles = await page.$$eval('.tile', (all) => all.map((one) => one.textContent));
  for (const severity of ['critical', 'high', 'medium']) {
    const count = scan.findings.filter((one) => one.severity === severity).length;
    assert.ok(
      tiles.some((words) => words.startsWith(`${count}${severity} finding`)),
      `${count} ${severity} in ${tiles}`,
    );
  }
  const endpoint = scan.endpoints[0];
  const row = await page.$eval('.endpoints tbody tr', (one) => [...one.children].map((cell) => cell.textContent));
  assert.ok(row[0].startsWith(endpoint.name));
  assert.equal(Number(row[2]), endpoint.workloads.length);
  assert.equal(Number(row[3].split(/[ +\D]/)[0]), endpoint.single_faults.length);
  await done();
});

test('page: an incomplete scan is said in words', async () => {
  const { scratch } = await import('./page.mjs');
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(`${scratch}/broken/etc`, { recursive: true });
  writeFileSync(`${scratch}/broken/etc/resolv.conf`, 'nameserver 10.0.0.300\n');
  const { page, done } = await open(context, await report('broken', `${scratch}/broken`));
  assert.match(await page.textContent('.completeness'), /Incomplete\. Not everything could be read/);
  assert.match(await page.textContent('.completeness details'), /resolv\.conf:1/);
  assert.equal(await page.getAttribute('.completeness [data-cause]', 'data-cause'), 'read-in-part');
  await done();
});

test('search: filters findings and finds things, endpoints and files', async () => {
  const { page, done } = await open(context, path);
  const all = await shown(page);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'search');
  await page.keyboard.type('route 53 amazon');
  await page.waitForSelector('#hits:not([hidden]) li');
  const found = await shown(page);
  assert.ok(found > 0 && found < all);
  const expected = scan.findings.filter((one) =>
    ['route', '53', 'amazon'].every((word) => JSON.stringify(one).toLowerCase().includes(word)),
  );
  assert.ok(found <= expected.length);
  assert.match(await page.textContent('#hits'), /providerAmazon Route 53/);
  await page.keyboard.press('Escape');
  assert.equal(await shown(page), all);
  await page.keyboard.type('vault.corp.harbour.example');
  await page.waitForSelector('#hits:not([hidden]) li');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  assert.match(await page.textContent('.thing-looked-at h3'), /vault\.corp\.harbour\.example/);
  await page.fill('#search', 'no such thing anywhere');
  await page.waitForFunction(() => document.querySelector('#hits').textContent.includes('Nothing is called so'));
  await done();
});

test('filters: severity, confidence, rule, owner, file; each alone and reset', async () => {
  const { page, done } = await open(context, path);
  const number = async () => Number((await page.textContent('#findings [role="status"]')).split(' ')[0]);
  const by = (test_) => scan.findings.filter(test_).length;
  await page.uncheck('input[name="severity"][value="2"]');
  assert.equal(
    await number(),
    by((one) => one.severity !== 'medium'),
  );
  await page.click('.filters button[type="reset"]');
  await page.waitForFunction(() => document.querySelector('#findings [role="status"]').textContent.endsWith('worst first'));
  await page.selectOption('select[name="confidence"]', '3');
  assert.equal(
    await number(),
    by((one) => one.confidence === 'declared'),
  );
  await page.click('.filters button[type="reset"]');
  await page.selectOption('select[name="rule"]', { label: `spof-resolver (${by((one) => one.rule === 'spof-resolver')})` });
  assert.equal(
    await number(),
    by((one) => one.rule === 'spof-resolver'),
  );
  await page.click('.filters button[type="reset"]');
  await page.waitForFunction(() => document.querySelector('#findings [role="status"]').textContent.endsWith('worst first'));
  await page.fill('input[name="file"]', 'terraform/dns/zones.tf');
  assert.equal(
    await number(),
    by((one) => one.evidence.some((row) => (row.file ?? '').includes('terraform/dns/zones.tf'))),
  );
  await done();
});

test('findings: one unfolds to evidence, affected workloads, fix, controls and its id', async () => {
  const { page, done } = await open(context, path);
  const first = scan.findings[0];
  await page.click(`details[data-id="${first.id}"] > summary`);
  const body = await page.textContent(`details[data-id="${first.id}"] .body`);
  for (const row of first.evidence.filter((one) => one.line))
    assert.ok(body.includes(`${row.file}:${row.line}`), `${row.file}:${row.line}`);
  for (const text of [first.fix, first.affected[0], first.id, `mainstay explain ${first.id}`]) assert.ok(body.includes(text), text);
  await page.click(`details[data-id="${first.id}"] .actions button`);
  assert.match(await page.textContent('.thing-looked-at'), new RegExp(first.subjects[0].name.replaceAll('.', '\\.')));
  await done();
});

test('map: zoom by buttons, wheel and keys; pan; fit', async () => {
  const { page, done } = await open(context, path);
  await page.$eval('#map', (map) => map.scrollIntoView());
  await page.click('text="Fit"');
  const fitted = await zoom(page);
  await page.click('[aria-label="Zoom in"]');
  assert.ok((await zoom(page)) > fitted);
  await page.click('[aria-label="Zoom out"]');
  await page.click('[aria-label="Zoom out"]');
  assert.ok((await zoom(page)) < fitted);
  await page.click('text="Fit"');
  assert.equal(await zoom(page), fitted);
  await page.focus('.stage .thing[tabindex="0"]');
  const box = await (await page.$('.stage')).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.wheel(0, -200);
  await page.waitForFunction((before) => Number(document.querySelector('.stage').dataset.zoom) > before, fitted);
  await page.keyboard.press('0');
  assert.equal(await zoom(page), fitted);
  await page.keyboard.press('+');
  assert.ok((await zoom(page)) > fitted);
  const before = await page.getAttribute('.stage > g', 'transform');
  await page.mouse.move(box.x + 5, box.y + 5);
  await page.mouse.down();
  await page.mouse.move(box.x + 85, box.y + 45);
  await page.mouse.up();
  assert.notEqual(await page.getAttribute('.stage > g', 'transform'), before);
  await done();
});

test('map: focus on a thing by depth and direction, and back to the whole', async () => {
  const { page, done } = await open(context, path);
  const whole = await things(page);
  await page.fill('#search', 'provider amazon route 53');
  await page.waitForSelector('#hits:not([hidden]) li');
  await page.keyboard.press('Enter');
  const around = await things(page);
  assert.ok(around > 1 && around < whole);
  assert.match(await page.textContent('.note'), /^A part: \d+ of \d+ things/);
  await page.selectOption('.toolbar label:has-text("Direction") select', 'up');
  assert.ok((await things(page)) <= around);
  await page.selectOption('.toolbar label:has-text("Direction") select', 'down');
  await page.selectOption('.toolbar label:has-text("Focus shows") select', '1');
  const near = await things(page);
  await page.selectOption('.toolbar label:has-text("Focus shows") select', '0');
  assert.ok((await things(page)) >= near);
  await page.click('.whole');
  assert.equal(await things(page), whole);
  await done();
});

test('keys: everything without a mouse: tab in, move, fail, read, mend, leave', async () => {
  const { page, done } = await open(context, path);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  const visited = new Set();
  for (let at = 0; at < 400; ++at) {
    await page.keyboard.press('Tab');
    const where = await page.evaluate(() => {
      const element = document.activeElement;
      const outline = getComputedStyle(element).outlineStyle !== 'none' || element.closest('.thing') !== null;
      return {
        tag: element.tagName,
        thing: element.classList.contains('thing'),
        outline,
        name: element.getAttribute('aria-label') ?? element.textContent,
      };
    });
    visited.add(where.tag);
    assert.ok(where.outline, `${where.tag} ${where.name} shows that it has the focus`);
    if (where.thing) break;
  }
  for (const tag of ['A', 'INPUT', 'SELECT', 'BUTTON', 'SUMMARY']) assert.ok(visited.has(tag), tag);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label'));
  const seen = new Set([await focused()]);
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowRight', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowDown']) {
    await page.keyboard.press(key);
    seen.add(await focused());
  }
  assert.ok(seen.size >= 4, [...seen].join(' | '));
  for (let at = 0; at < 12 && !/^(resolver|provider|zone|endpoint|name-server)/.test(await focused()); ++at)
    await page.keyboard.press('ArrowRight');
  await page.keyboard.press('f');
  assert.match(await page.textContent('.answer'), /cannot authenticate now/);
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-pressed')), 'true');
  assert.match(await focused(), /; silent$/);
  await page.keyboard.press('Escape');
  assert.equal(await page.textContent('.answer'), 'Nothing is failed.');
  await page.click('.toolbar input[value="fail"]');
  await page.focus('.stage .thing[tabindex="0"]');
  await page.keyboard.press('Space');
  assert.match(await page.textContent('.answer'), /cannot authenticate now/);
  await page.keyboard.press('Enter');
  assert.equal(await page.textContent('.answer'), 'Nothing is failed.');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains('thing')), false);
  await done();
});

test('fail: a click fails it, modes change, several at once, the address keeps it, the map says it by sign and word', async () => {
  const { page, done } = await open(context, path);
  await page.click('.worst button');
  const answer = await page.textContent('.answer');
  assert.match(answer, /^\d+ workloads? cannot authenticate now; /);
  assert.equal(await page.getAttribute('.answer', 'aria-live'), 'polite');
  const words = await page.$$eval('.stage .thing[data-standing="now"] .status text', (all) => all.map((one) => one.textContent));
  assert.ok(words.length > 0 && words.every((one) => /cannot authenticate now|lost/.test(one)));
  const address = await page.evaluate(() => location.hash);
  assert.match(address, /^#fail=/);
  await page.selectOption('.chips select', 'slow');
  assert.match(await page.textContent('.answer'), /^0 workloads cannot authenticate now; \d+ get slow/);
  await page.click('.chips button:has-text("Mend")');
  await page.click('.toolbar input[value="fail"]');
  const targets = await page.$$('.stage .thing[aria-label^="resolver"]');
  await targets[0].click();
  await targets[1].click();
  assert.equal((await page.$$('.chips select')).length, 2);
  assert.equal((await page.textContent('.panel .command code')).split('--down').length, 3);
  await done();
  const again = await open(context, path, address);
  assert.equal(await again.page.textContent('.answer'), answer);
  await again.done();
});

/** Contrast of WCAG 2.2 for every kind of text that is shown, against the nearest ground behind it. */
const contrasts = (page) =>
  page.evaluate(() => {
    const parse = (colour) => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = ([r, g, b]) =>
      [r, g, b]
        .map((one) => one / 255)
        .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = (element) => {
      for (let at = element; at; at = at.parentElement) {
        const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor);
        if (a > 0) return [r, g, b];
      }
      return [255, 255, 255];
    };
    const poor = [];
    for (const element of document.querySelectorAll('body *:not(script):not(svg *)')) {
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      if (!own || element.getClientRects().length === 0 || element.closest('.hidden, .skip')) continue;
      const [light, dark] = [luminance(parse(getComputedStyle(element).color)), luminance(ground(element))].sort((a, b) => b - a);
      const contrast = (light + 0.05) / (dark + 0.05);
      if (contrast < 4.5) poor.push(`${element.tagName}.${element.className}: ${contrast.toFixed(2)}`);
    }
    return poor;
  });

for (const colorScheme of ['light', 'dark']) {
  test(`colours: ${colorScheme}, as the system prefers and by the switch, with enough contrast`, async () => {
    const other = await browser({ colorScheme });
    const { page, done } = await open(other, path);
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    assert.equal(await ground(), colorScheme === 'dark' ? 'rgb(13, 17, 23)' : 'rgb(255, 255, 255)');
    await page.click('.worst button');
    await page.click('.finding > summary');
    assert.deepEqual(await contrasts(page), []);
    await page.selectOption('#theme', colorScheme === 'dark' ? 'light' : 'dark');
    assert.equal(await ground(), colorScheme === 'dark' ? 'rgb(255, 255, 255)' : 'rgb(13, 17, 23)');
    assert.deepEqual(await contrasts(page), []);
    await done();
    await other.close();
  });
}

test('sizes: nothing is wider than a telephone of 320 px, or lost at 1600 px', async () => {
  for (const width of [320, 768, 1600]) {
    const { page, done } = await open(context, path);
    await page.setViewportSize({ width, height: 900 });
    await page.click('.worst button');
    await page.click('.finding > summary');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= width, `${wide} px at ${width} px`);
    await done();
  }
});

test('paper: the print style sheet hides what is pressed and keeps what is said', async () => {
  const { page, done } = await open(context, path);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
  assert.equal(await page.isVisible('nav'), false);
  assert.equal(await page.isVisible('.toolbar'), false);
  assert.equal(await page.isVisible('.finding'), true);
  assert.equal(await page.isVisible('.stage'), true);
  await page.emulateMedia({ media: null, colorScheme: null });
  await done();
});

/** Colours of texts and lines that are on paper and are neither black nor grey. */
const coloured = (page) =>
  page.evaluate(() => {
    const isGrey = (colour) => {
      const [r, g, b] = (colour.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
      return Math.max(r, g, b) - Math.min(r, g, b) < 8;
    };
    return [...document.querySelectorAll('body *')]
      .filter((one) => one.getClientRects().length > 0)
      .flatMap((one) => {
        const { color, stroke, fill, borderTopColor } = getComputedStyle(one);
        return [color, stroke, fill, borderTopColor]
          .filter((value) => value.startsWith('rgb') && !isGrey(value))
          .map((value) => `${one.tagName}.${one.getAttribute('class')} ${value}`);
      });
  });

test('paper: evidence is unfolded, the map is whole, all is black on white, and the screen comes back behind it', async () => {
  const { page, done } = await open(context, path);
  await page.$eval('#map', (map) => map.scrollIntoView());
  await page.click('[aria-label="Zoom in"]');
  const unfolded = () => page.$$eval('details[open]', (all) => all.length);
  const before = { unfolded: await unfolded(), transform: await page.getAttribute('.stage > g', 'transform') };
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  const onPaper = (selector) => page.$$eval(selector, (all) => all.filter((one) => one.getClientRects().length > 0).length);
  assert.equal(await onPaper('#findings .finding .body'), scan.findings.length);
  assert.equal(
    await onPaper('#findings .finding .evidence tr'),
    scan.findings.reduce((sum, one) => sum + one.evidence.length, 0),
  );
  assert.deepEqual(await coloured(page), []);
  const [outside, all] = await page.evaluate(() => {
    const stage = document.querySelector('.stage').getBoundingClientRect();
    const boxes = [...document.querySelectorAll('.stage .thing')].map((one) => one.getBoundingClientRect());
    const isIn = (box) =>
      box.left >= stage.left - 1 && box.right <= stage.right + 1 && box.top >= stage.top - 1 && box.bottom <= stage.bottom + 1;
    return [boxes.filter((box) => !isIn(box)).length, boxes.length];
  });
  assert.ok(all > 10);
  assert.equal(outside, 0);
  assert.equal(await onPaper('button:not(.link), select, input'), 0);
  await page.emulateMedia({ media: null, colorScheme: null });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  assert.equal(await unfolded(), before.unfolded);
  assert.equal(await page.getAttribute('.stage > g', 'transform'), before.transform);
  assert.equal(await page.getAttribute('.stage', 'viewBox'), null);
  await done();
});

test('paper: a printer that is a file gets more than a page, with the evidence in it', async () => {
  const { page, done } = await open(context, path);
  const paper = await page.pdf({ preferCSSPageSize: true });
  const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
  assert.ok(pages.length > 5, `${pages.length} pages`);
  assert.equal(await page.$$eval('.finding[open]', (all) => all.length), 0);
  await done();
});

test('motion: none for who wants none', async () => {
  const still = await browser({ reducedMotion: 'reduce' });
  const { page, done } = await open(still, path);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), 'auto');
  await done();
  await still.close();
});

test('bytes: the same input gives the same page', async () => {
  assert.deepEqual(readFileSync(path), readFileSync(await report('again', harbour)));
});
