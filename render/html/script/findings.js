// Findings, worst first: filters, and each unfolds to its evidence.

const kFirstFindings = 20;

class Findings {
  constructor(page) {
    this.page = page;
    this.query = '';
    this.all = page.scan.findings.map((one) => ({ ...one, haystack: haystackOf(one, page.texts) }));
    this.suppressed = null;
    this.items = new Map(); // made once each: what is open stays open while somebody types
    this.severities = new Set(kSeverities.map((_, at) => at).filter((at) => at >= (page.scan.min ?? 0)));
    this.list = el('ol', { class: 'findings' });
    this.place = el('div', {});
    this.status = el('p', { class: 'faint', role: 'status', 'aria-live': 'polite' });
    this.filters = this.#filters();
    this.show();
  }

  section() {
    const { suppressed } = this.page.scan;
    return [
      el(
        'section',
        { id: 'findings', 'aria-labelledby': 'findings-title' },
        el('h2', { id: 'findings-title' }, 'Findings'),
        this.filters.form,
        this.status,
        this.place,
      ),
      suppressed.length > 0 &&
        el(
          'section',
          { id: 'suppressed', 'aria-labelledby': 'suppressed-title' },
          el('h2', { id: 'suppressed-title' }, 'Accepted for now'),
          el('p', { class: 'faint' }, 'Findings that somebody decided to live with; each says why, and until when.'),
          this.#suppressedList(),
        ),
    ];
  }

  #suppressedList() {
    this.suppressed = paged(el('ol', { class: 'findings' }), this.page.scan.suppressed, (one) => this.#item(one), kFirstFindings);
    return this.suppressed;
  }

  /** Lists so many, as far as the filters let them through. */
  showAtLeast(count) {
    this.place.firstElementChild.showAtLeast?.(count);
    this.suppressed?.showAtLeast(count);
  }

  search(query) {
    this.query = query.trim().toLowerCase();
    this.show();
  }

  matching() {
    const { confidence, rule, owner, file } = this.filters;
    const words = this.query.split(/\s+/).filter(Boolean);
    return this.all.filter(
      (one) =>
        this.severities.has(one.severity) &&
        (confidence.value === '' || one.confidence >= Number(confidence.value)) &&
        (rule.value === '' || one.rule === Number(rule.value)) &&
        (owner.value === '' || (owner.value === 'none' ? one.owners.length === 0 : one.owners.includes(Number(owner.value)))) &&
        (file.value === '' || one.evidence.some(([, name]) => this.page.texts[name].includes(file.value))) &&
        words.every((word) => one.haystack.includes(word)),
    );
  }

  show() {
    const rows = this.matching();
    this.list = el('ol', { class: 'findings' });
    this.place.replaceChildren(
      rows.length > 0
        ? paged(this.list, rows, (one) => this.#madeOnce(one), kFirstFindings)
        : el('p', {}, this.all.length === 0 ? 'No finding.' : 'No finding matches.'),
    );
    this.status.textContent =
      rows.length === this.all.length
        ? `${counted(rows.length, 'finding')}, worst first`
        : `${number.format(rows.length)} of ${counted(this.all.length, 'finding')}`;
  }

  /** Shows one finding, whatever the filters say. */
  reveal(id) {
    const at = this.all.findIndex((one) => one.id === id);
    if (at < 0) return;
    this.filters.form.reset();
    this.severities = new Set(kSeverities.keys());
    this.page.clearSearch();
    this.query = '';
    this.show();
    while (this.list.children.length <= at) this.place.querySelector('.more').click();
    const item = this.list.children[at].querySelector('details');
    item.open = true;
    item.scrollIntoView({ block: 'start' });
    item.querySelector('summary').focus();
  }

  #filters() {
    const { texts } = this.page;
    const change = () => this.show();
    const choice = (name, first, options) => {
      const select = el(
        'select',
        { name, on: { change } },
        el('option', { value: '' }, first),
        ...options.map(([value, words]) => el('option', { value }, words)),
      );
      return select;
    };
    const tally = (lists) => {
      const counts = new Map();
      for (const one of lists.flat()) counts.set(one, (counts.get(one) ?? 0) + 1);
      return [...counts]
        .sort((a, b) => texts[a[0]].localeCompare(texts[b[0]], 'en'))
        .map(([text, count]) => [text, `${texts[text]} (${count})`]);
    };
    const owners = tally(this.all.map((one) => one.owners));
    const parts = {
      confidence: choice(
        'confidence',
        'any confidence',
        [1, 2, 3].map((at) => [at, at === 3 ? 'declared' : `${kConfidences[at]} or better`]),
      ),
      rule: choice('rule', 'every rule', tally(this.all.map((one) => one.rule))),
      owner: choice('owner', 'every owner', [...owners, ...(owners.length > 0 ? [['none', 'nobody']] : [])]),
      file: el('input', { type: 'search', name: 'file', placeholder: 'part of a file name', on: { input: change } }),
    };
    const severities = [4, 3, 2, 1, 0].map((at) => {
      const count = this.all.filter((one) => one.severity === at).length;
      if (count === 0) return null;
      const box = el('input', {
        type: 'checkbox',
        name: 'severity',
        value: at,
        checked: true,
        on: {
          change: () => {
            if (box.checked) this.severities.add(at);
            else this.severities.delete(at);
            change();
          },
        },
      });
      box.checked = this.severities.has(at);
      return el('label', { class: 'toggle' }, box, inline(severitySign(kSeverities[at])), ` ${kSeverities[at]} (${count})`);
    });
    const form = el(
      'form',
      {
        class: 'filters',
        'aria-label': 'Filters',
        on: {
          submit: (event) => event.preventDefault(),
          reset: () =>
            setTimeout(() => {
              this.severities = new Set(kSeverities.keys());
              this.show();
            }),
        },
      },
      el('fieldset', {}, el('legend', {}, 'Severity'), severities),
      el('label', {}, 'Confidence ', parts.confidence),
      el('label', {}, 'Rule ', parts.rule),
      owners.length > 0 && el('label', {}, 'Owner ', parts.owner),
      el('label', {}, 'File ', parts.file),
      el('button', { type: 'reset' }, 'All'),
    );
    return { ...parts, form };
  }

  #madeOnce(one) {
    if (!this.items.has(one)) this.items.set(one, this.#item(one));
    return this.items.get(one);
  }

  /** Whole, though closed: a browser's own search looks into what is closed, and what is opened is there at once. */
  #item(one) {
    const { texts } = this.page;
    const severity = kSeverities[one.severity];
    const details = el(
      'details',
      { class: `finding ${severity}`, 'data-id': one.id },
      el(
        'summary',
        {},
        inline(severitySign(severity)),
        el('span', { class: 'severity' }, severity),
        el('span', { class: 'rule' }, texts[one.rule]),
        el('span', { class: 'message' }, texts[one.message]),
        one.affected.length > 0 && el('span', { class: 'affected' }, counted(one.affected.length, 'workload')),
      ),
      el('div', { class: 'body' }, findingParts(one, this.page)),
    );
    return el('li', {}, details);
  }
}

/** All text of a finding, for searching. */
function haystackOf(one, texts) {
  return [
    one.rule,
    one.message,
    one.fix,
    one.arithmetic,
    ...one.owners,
    ...one.affected,
    ...one.subjects.flat(),
    ...one.blast.flat(),
    ...one.evidence.flatMap(([, file, , words]) => [file, words]),
  ]
    .map((at) => texts[at])
    .concat(one.id)
    .join('\n')
    .toLowerCase();
}

function evidenceRow([confidence, file, line, words], texts) {
  const place = texts[file] === '' ? kConfidences[confidence] : `${texts[file]}${line > 0 ? `:${line}` : ''}`;
  return el(
    'tr',
    {},
    el('td', { class: 'place break' }, place),
    el('td', { class: 'break' }, confidence === 3 ? el('code', {}, texts[words]) : texts[words]),
  );
}

function findingParts(one, page) {
  const { texts, scan, showOnMap } = page;
  const part = (title, ...children) => [el('h4', {}, title), ...children];
  const rule = scan.rules.find((row) => row.name === one.rule);
  const names = (subjects) => subjects.map(([kind, name]) => `${texts[kind]} ${texts[name]}`).join(', ');
  const affected = el('ul', { class: 'names' });
  const suppression = one.suppression && one.suppression.map((value, at) => (at < 4 ? texts[value] : value));
  return [
    suppression &&
      part(
        'Accepted',
        el(
          'p',
          {},
          `${suppression[0]}${suppression[2] ? `, until ${suppression[2]}` : ', without end'}: ${suppression[1] || 'no reason is given'}${suppression[3] ? ` (${suppression[3]}:${suppression[4]})` : ''}`,
        ),
      ),
    part(
      'Evidence',
      el(
        'div',
        { class: 'scroll' },
        el(
          'table',
          { class: 'evidence' },
          el(
            'tbody',
            {},
            one.evidence.map((row) => evidenceRow(row, texts)),
          ),
        ),
      ),
    ),
    texts[one.arithmetic] !== '' && part('Arithmetic', el('p', {}, texts[one.arithmetic])),
    part('What helps', el('p', { class: 'fix' }, texts[one.fix])),
    one.affected.length > 0 &&
      part(
        `Who is affected: ${counted(one.affected.length, 'workload')}`,
        paged(affected, one.affected, (name) => el('li', { class: 'break' }, texts[name]), 20),
      ),
    one.blast.length > 0 && part('Same trouble, not listed again', el('p', { class: 'break' }, names(one.blast))),
    rule &&
      part(
        'Why it matters',
        el('p', {}, `${texts[rule.why]}${/[.!?]$/.test(texts[rule.why]) ? '' : '.'}`),
        texts[rule.reference] !== '' && el('p', { class: 'faint' }, texts[rule.reference]),
      ),
    rule &&
      rule.controls.length > 0 &&
      part(
        'Controls',
        el(
          'ul',
          {},
          rule.controls.map(([framework, id, title]) =>
            el('li', {}, [texts[framework], texts[id], texts[title]].filter(Boolean).join(' · ')),
          ),
        ),
      ),
    el(
      'dl',
      { class: 'facts' },
      el('dt', {}, 'About'),
      el('dd', { class: 'break' }, names(one.subjects)),
      el('dt', {}, 'Confidence'),
      el('dd', {}, kConfidences[one.confidence]),
      el('dt', {}, 'Owner'),
      el('dd', {}, one.owners.map((owner) => texts[owner]).join(', ') || 'nobody is named'),
      el('dt', {}, 'Id'),
      el('dd', {}, el('code', {}, one.id)),
    ),
    el(
      'div',
      { class: 'actions' },
      button('Show on the map', () => showOnMap(one.subjects.map(([kind, name]) => [texts[kind], texts[name]]))),
    ),
    commandLine(commandWith(page, `explain ${one.id}`)),
  ]
    .flat(2)
    .filter(Boolean);
}
