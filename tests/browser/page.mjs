// The report page in a real browser: made by the program, opened in Chromium, watched for requests, dialogs and complaints.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

// Arguments: the program, the folder with node_modules (./dev judges), the root of the source tree.
export const [program, judges, source] = process.argv.slice(2).map((path) => resolve(path));
export const harbour = join(source, 'samples/harbour');
const kChromium = '/usr/bin/chromium';
const kPatience = 240_000; // milliseconds; a machine may be busy with a build

function playwright() {
  const packaged = join(judges, 'node_modules/playwright-core');
  const missing = !existsSync(packaged) ? 'playwright-core (./dev judges)' : !existsSync(kChromium) ? kChromium : '';
  if (missing === '') return createRequire(packaged + '/')('playwright-core');
  console.log(`skipped: ${missing} is not installed`);
  process.exit(0);
}

const { chromium } = playwright();
export const scratch = mkdtempSync(join(tmpdir(), 'mainstay-browser-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

/** Runs the program; gives its status and what it printed. */
export function mainstay(...words) {
  return new Promise((done, reject) => {
    execFile(program, words, { maxBuffer: 1 << 28, encoding: 'utf8' }, (problem, out, err) => {
      if (problem && typeof problem.code !== 'number') reject(problem);
      else done({ status: problem?.code ?? 0, out, err });
    });
  });
}

/** Writes the report of what `words` name; the path of the page. */
export async function report(name, ...words) {
  const path = join(scratch, `${name}.html`);
  const { status, err } = await mainstay('report', ...words, '-o', path);
  assert.ok([0, 1, 3].includes(status), `mainstay report ended with ${status}: ${err}`);
  assert.ok(statSync(path).size > 1000);
  return path;
}

/** A browser of its own, with nothing in it. */
export async function browser(options = {}) {
  const context = await chromium.launchPersistentContext(mkdtempSync(join(scratch, 'user-')), {
    executablePath: kChromium,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    viewport: { width: 1440, height: 900 },
    ...options,
    timeout: kPatience,
  });
  context.setDefaultTimeout(kPatience);
  return context;
}

/** Opens a page. `close` says what was wrong with it: requests, dialogs, messages of the console, errors. */
export async function open(context, path, fragment = '') {
  const url = pathToFileURL(path).href;
  const complaints = [];
  const page = await context.newPage();
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) complaints.push(`request ${request.url()}`);
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error ${error.stack}`));
  await page.route('**/*', (route) => (route.request().url().split('#')[0] === url ? route.continue() : route.abort()));
  await page.goto(url + fragment);
  await page.waitForSelector('html[data-ready="true"]', { timeout: kPatience });
  const done = async () => {
    assert.deepEqual(complaints, []);
    await page.close();
  };
  return { page, done };
}

/** Runs `work` on every item, two at a time: the machines have two cores. */
export async function twoAtATime(items, work) {
  const results = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at], at);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}
