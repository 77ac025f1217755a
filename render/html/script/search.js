// One box that searches everything: findings are filtered as one types, and things of every other kind are listed below it.
// Who writes a kind and a name in full ("provider Amazon Route 53") means that thing, so it stands first.

const kMostHits = 8;

class Search {
  constructor(page) {
    this.page = page;
    this.index = null;
    this.input = el('input', {
      type: 'search',
      id: 'search',
      placeholder: 'Search everything  ( / )',
      autocomplete: 'off',
      'aria-label': 'Search everything',
      'aria-controls': 'hits',
      on: { input: () => this.#typed(), keydown: (event) => this.#key(event) },
    });
    this.hits = el('ul', { id: 'hits', 'aria-label': 'Things found', on: { keydown: (event) => this.#key(event) } });
    this.hits.hidden = true;
    this.element = el('div', { class: 'search', role: 'search' }, this.input, this.hits);
    this.element.addEventListener('focusout', (event) => {
      if (!this.element.contains(event.relatedTarget)) this.hits.hidden = true;
    });
  }

  clear() {
    this.input.value = '';
    this.hits.hidden = true;
  }

  #typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#show(), 80);
  }

  #show() {
    const query = this.input.value.trim().toLowerCase();
    this.page.findings.search(query);
    this.hits.hidden = query === '';
    if (query === '') return;
    this.index ??= indexOf(this.page);
    const words = query.split(/\s+/);
    const meant = [];
    const found = [];
    let count = 0;
    for (const one of this.index) {
      if (!words.every((word) => one.text.includes(word))) continue;
      ++count;
      if (one.inFull.includes(query)) meant.push(one);
      else if (found.length < kMostHits) found.push(one);
    }
    found.splice(Math.max(0, kMostHits - meant.length));
    const findings = this.page.findings.matching().length;
    const row = (kind, words, go) =>
      el(
        'li',
        {},
        button([el('span', { class: 'kind' }, kind), el('span', { class: 'break' }, words)], () => {
          this.hits.hidden = true;
          go();
        }),
      );
    const hit = (one) => row(one.kind, one.words, one.go);
    const left = count - meant.length - found.length;
    this.hits.replaceChildren(
      ...meant.map(hit),
      ...(findings > 0
        ? [row('findings', counted(findings, 'finding'), () => document.getElementById('findings').querySelector('summary')?.focus())]
        : []),
      ...found.map(hit),
      ...(left > 0 ? [el('li', { class: 'faint' }, `and ${number.format(left)} more`)] : []),
      ...(count + findings === 0 ? [el('li', { class: 'faint' }, 'Nothing is called so.')] : []),
    );
  }

  #key(event) {
    const rows = [...this.hits.querySelectorAll('button')];
    const at = rows.indexOf(document.activeElement);
    if (event.key === 'ArrowDown' && rows.length > 0) rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (at === 0 ? this.input : rows[at - 1]).focus();
    else if (event.key === 'Enter' && at < 0 && rows.length > 0 && !this.hits.hidden) rows[0].click();
    else if (event.key === 'Escape') {
      this.clear();
      this.page.findings.search('');
      this.input.focus();
    } else return;
    event.preventDefault();
  }
}

/** Things of the graph that have a name of their own, and files that findings name. */
function indexOf(page) {
  const { whatIf, scan, texts } = page;
  const all = [];
  for (let node = 0; node < whatIf.graph.size; ++node) {
    if (whatIf.graph.names[node] === 0) continue;
    const kind = whatIf.kind(node);
    const label = whatIf.label(node);
    const name = whatIf.name(node);
    const words = label === name ? label : `${label} (${name})`;
    all.push({
      kind,
      words,
      text: `${kind} ${words}`.toLowerCase(),
      inFull: [label, name].map((one) => `${kind} ${one}`.toLowerCase()),
      go: () => page.showNode(node),
    });
  }
  const files = new Set(scan.findings.flatMap((one) => one.evidence.filter(([, , line]) => line > 0).map(([, file]) => file)));
  for (const file of files) {
    all.push({
      kind: 'file',
      words: texts[file],
      text: `file ${texts[file]}`.toLowerCase(),
      inFull: [`file ${texts[file]}`.toLowerCase()],
      go: () => {
        page.search.clear();
        page.findings.search('');
        page.findings.filters.file.value = texts[file];
        page.findings.show();
        document.getElementById('findings').scrollIntoView();
      },
    });
  }
  return all;
}
