// Elements, made without markup: text of the input only ever becomes text.

const kSvgSpace = 'http://www.w3.org/2000/svg';

/** An element with attributes and children; `on` holds listeners, strings become text, nothing becomes nothing. */
function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}
function svgEl(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(kSvgSpace, tag), attributes, children);
}

function filled(element, { on = {}, ...attributes }, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  for (const [event, listener] of Object.entries(on)) element.addEventListener(event, listener);
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

const number = new Intl.NumberFormat('en-GB');
/** "1 workload", "12 workloads". */
const counted = (count, word, many = `${word}s`) => `${number.format(count)} ${count === 1 ? word : many}`;

function octetsWords(octets) {
  for (const [unit, name] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ])
    if (octets >= unit) return `${(octets / unit).toFixed(1)} ${name}`;
  return counted(octets, 'octet');
}

const kSeverities = ['info', 'low', 'medium', 'high', 'critical'];
const kConfidences = ['assumed', 'default', 'observed', 'declared'];
/** Each severity has an outline of its own: octagon, triangle, diamond, square, circle. */
const kSeverityPaths = {
  critical: 'M-2.3-5.6h4.6l3.3 3.3v4.6l-3.3 3.3h-4.6l-3.3-3.3v-4.6z',
  high: 'M0-5.6l6 10.6h-12z',
  medium: 'M0-6l6 6l-6 6l-6-6z',
  low: 'M-4.5-4.5h9v9h-9z',
  info: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z',
};
const kMarkPath = 'M-.8-3.2h1.6l-.3 4h-1zm0 5h1.6v1.4h-1.6z';
/** Each standing has a sign of its own as well. */
const kStandingPaths = {
  now: 'M-4.5-4.5l9 9m0-9l-9 9',
  'time-out': 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM0-3v3h2.6M-6-6L6 6',
  degraded: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM0-5v10M2-4v8M3.6-3v6',
  later: 'M-4-5h8l-8 10h8z',
  slow: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM0-3v3h2.6',
  untold: 'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0zM0-3v3h2.6M-1 3h2',
  fine: 'M-5 .5l3.5 4l6.5-9',
  unknown: 'M-3-2.5a3 3 0 1 1 4 2.8c-.8.4-1 .8-1 1.7M0 4.6v.6',
  'lost-anyway': 'M-5 0h10M-3.5-3.5l7 7',
  failed: 'M1-6l-5 7h4l-2 5l6-8h-4z',
};

function severitySign(severity, extra = {}) {
  return svgEl(
    'g',
    { class: `sign ${severity}`, ...extra },
    svgEl('path', { class: 'shape', d: kSeverityPaths[severity] }),
    svgEl('path', { class: 'mark', d: kMarkPath }),
  );
}
function standingSign(standing, extra = {}) {
  return svgEl('g', { class: `standing-sign ${standing}`, ...extra }, svgEl('path', { d: kStandingPaths[standing] }));
}
/** A sign among words. */
function inline(sign) {
  return svgEl('svg', { class: 'icon', viewBox: '-7 -7 14 14', width: 16, height: 16, 'aria-hidden': 'true', focusable: 'false' }, sign);
}

const button = (words, click, attributes = {}) => el('button', { type: 'button', on: { click }, ...attributes }, words);

/** As a shell takes it. */
const quoted = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

/** A command line to copy. */
function commandLine(command) {
  const code = el('code', { tabindex: 0 }, command);
  const copy = button(
    'Copy',
    async () => {
      getSelection().selectAllChildren(code);
      try {
        await navigator.clipboard.writeText(command);
        copy.textContent = 'Copied';
      } catch {
        copy.textContent = 'Selected';
      }
    },
    { class: 'copy' },
  );
  return el('div', { class: 'command' }, code, copy);
}

/** The first rows of a list, and a button for more; on paper, how many more there are. `make` turns a row into an element. */
function paged(list, rows, make, step) {
  let shown = 0;
  const more = button(
    '',
    () => {
      const next = shown;
      grow();
      list.children[next]?.querySelector('a, button, summary, [tabindex]')?.focus();
    },
    { class: 'more' },
  );
  const rest = el('p', { class: 'rest' });
  const grow = () => {
    const end = Math.min(rows.length, shown + step);
    const parts = document.createDocumentFragment();
    for (; shown < end; ++shown) parts.append(make(rows[shown], shown));
    list.append(parts);
    more.hidden = shown === rows.length;
    more.textContent = `Show ${number.format(Math.min(step, rows.length - shown))} more of ${number.format(rows.length)}`;
    rest.hidden = more.hidden;
    rest.textContent = `and ${number.format(rows.length - shown)} more of ${number.format(rows.length)}, in the page itself`;
  };
  grow();
  const element = el('div', { class: 'paged' }, list, more, rest);
  element.showAtLeast = (count) => {
    while (shown < Math.min(count, rows.length)) grow();
  };
  return element;
}
