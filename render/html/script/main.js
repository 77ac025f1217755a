// The page is put together.

function startPage() {
  const data = JSON.parse(document.getElementById('data').textContent);
  const { texts, scan } = data;
  for (const one of [...scan.findings, ...scan.suppressed]) one.affected = unpacked(one.affected);
  const page = { data, texts, scan, whatIf: new WhatIf(data.graph, data.model, texts) };

  page.clearSearch = () => page.search.clear();
  page.showNode = (node) => {
    const part = page.map.pictures.ofNode.get(node);
    if (part !== undefined) page.map.showAround([part]);
    page.failing.look(part !== undefined ? page.map.pictures.nodes[part] : { node, parts: [-1], lines: [page.whatIf.label(node)] });
    document.getElementById('map').scrollIntoView();
    page.failing.thing.querySelector('button')?.focus({ preventScroll: true });
  };
  page.showOnMap = (subjects) => {
    const parts = subjects
      .map(([kind, name]) =>
        page.map.pictures.nodes.findIndex((one) => one.node >= 0 && one.kind === kind && page.whatIf.name(one.node) === name),
      )
      .filter((at) => at >= 0);
    if (parts.length > 0) {
      page.map.showAround(parts);
      page.failing.look(page.map.pictures.nodes[parts[0]]);
    }
    document.getElementById('map').scrollIntoView();
    page.map.svg.querySelector('[tabindex="0"]')?.focus({ preventScroll: true });
  };
  page.showReach = (nodes) => {
    const reach = page.whatIf.reaching(nodes);
    const parts = nodes.map((node) => page.map.pictures.ofNode.get(node)).filter((at) => at !== undefined);
    const starts = parts.length > 0 ? parts : page.map.pictures.nodes.flatMap((one, at) => (one.node >= 0 && reach[one.node] ? [at] : []));
    page.map.starts = starts;
    page.map.show(page.map.pictures.around(starts, 0, 'down'));
  };

  const wanted = readFragment(page);
  page.search = new Search(page);
  page.findings = new Findings(page);
  page.map = new DependencyMap(page);
  page.failing = new Failing(page, page.map.panel);

  const links = [
    ['endpoints', 'Endpoints'],
    ['findings', 'Findings'],
    ['map', 'Map'],
    ...(scan.read.undecided.length > 0 ? [['undecided', 'Undecided']] : []),
  ];
  document.body.append(
    el('a', { class: 'skip', href: '#findings' }, 'Skip to the findings'),
    headOf(page),
    el(
      'nav',
      { 'aria-label': 'Parts' },
      el(
        'ul',
        {},
        links.map(([id, words]) => el('li', {}, el('a', { href: `#${id}` }, words))),
      ),
      page.search.element,
      themeSwitch(),
    ),
    el('main', {}, endpointsOf(page), page.findings.section(), page.map.section(), undecidedOf(page) ?? ''),
    el('footer', {}, `Mainstay ${data.version}. This page sends nothing and asks nobody.`),
  );

  page.map.start();
  readyForPaper(page);
  const follow = () => {
    const faults = readFragment(page);
    if (faults.length > 0 || /^#?(fail=)?$/.test(location.hash)) page.failing.set(faults);
  };
  window.addEventListener('hashchange', follow);
  if (wanted.length > 0) page.failing.set(wanted);
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('input:not([type=radio]):not([type=checkbox]), select, textarea');
    if (event.key !== '/' || typing) return;
    event.preventDefault();
    page.search.input.focus();
  });
  document.documentElement.dataset.ready = 'true';
}

startPage();
