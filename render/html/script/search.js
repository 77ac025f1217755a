// One box that searches everything: findings are filtered as one types, and things of every other kind are listed below it.
// Findings are below already while somebody types, so Enter goes to the thing that is called so, where there is one.

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
    let found = [];
    let meant = null;
    let count = 0;
    for (const one of this.index) {
      if (!words.every((word) => one.text.includes(word))) continue;
      ++count;
      if (one.names.includes(query)) meant ??= one;
      if (found.length < kMostHits) found.push(one);
    }
    if (meant && !found.includes(meant)) found = [meant, ...found.slice(1)];
    const findings = this.page.findings.matching().length;
    const toFindings = {
      kind: 'findings',
      words: counted(findings, 'finding'),
      go: () => document.getElementById('findings').querySelector('summary')?.focus(),
    };
    const rows = [...(findings > 0 ? [toFindings] : []), ...found];
    this.first = meant ?? rows[0];
    this.hits.replaceChildren(
      ...rows.map((one) => this.#row(one)),
      ...(count > found.length ? [el('li', { class: 'faint' }, `and ${number.format(count - found.length)} more`)] : []),
      ...(count + findings === 0 ? [el('li', { class: 'faint' }, 'Nothing is called so.')] : []),
    );
  }

  #row(one) {
    const key = one === this.first && el('span', { class: 'key', 'aria-hidden': 'true' }, 'Enter');
    return el('li', {}, button([el('span', { class: 'kind' }, one.kind), el('span', { class: 'break' }, one.words), key], () => this.#go(one)));
  }

  #go(one) {
    this.hits.hidden = true;
    one.go();
  }

  #key(event) {
    const rows = [...this.hits.querySelectorAll('button')];
    const at = rows.indexOf(document.activeElement);
    if (event.key === 'ArrowDown' && rows.length > 0) rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (at === 0 ? this.input : rows[at - 1]).focus();
    else if (event.key === 'Enter' && at < 0 && rows.length > 0 && !this.hits.hidden) this.#go(this.first);
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
      names: [label, name, `${kind} ${label}`, `${kind} ${name}`].map((one) => one.toLowerCase()),
      go: () => page.showNode(node),
    });
  }
  const files = new Set(scan.findings.flatMap((one) => one.evidence.filter(([, , line]) => line > 0).map(([, file]) => file)));
  for (const file of files) {
    all.push({
      kind: 'file',
      words: texts[file],
      text: `file ${texts[file]}`.toLowerCase(),
      names: [texts[file].toLowerCase()],
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
