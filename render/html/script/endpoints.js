// Identity endpoints, most workloads first.

function endpointsOf(page) {
  const { texts, scan, showOnMap } = page;
  const head = ['Identity endpoint', 'Role', 'Workloads', 'Single faults', 'Locked out after', 'Weakest evidence'];
  const body = el('tbody', {});
  const row = (one) =>
    el(
      'tr',
      {},
      el(
        'th',
        { scope: 'row', class: 'break' },
        button(texts[one.name], () => showOnMap([['endpoint', texts[one.name]]]), { class: 'link' }),
        one.provider ? el('span', { class: 'faint' }, ` ${texts[one.provider]}`) : null,
      ),
      el('td', {}, texts[one.role]),
      el('td', { class: 'number' }, number.format(one.workloads)),
      el('td', { class: 'number' }, faultsOf(one, texts)),
      el('td', { title: one.worst ? `after ${texts[one.worst]}` : null }, texts[one.lockout]),
      el('td', {}, kConfidences[one.weakest]),
    );
  const rest = (page.endpoints = paged(body, scan.endpoints, row, 12));
  const columns = head.map((words, at) => el('th', { scope: 'col', class: at === 2 || at === 3 ? 'number' : null }, words));
  rest.prepend(el('div', { class: 'scroll' }, el('table', { class: 'endpoints' }, el('thead', {}, el('tr', {}, columns)), body)));
  return el(
    'section',
    { id: 'endpoints', 'aria-labelledby': 'endpoints-title' },
    el('h2', { id: 'endpoints-title' }, 'Identity endpoints'),
    el(
      'p',
      { class: 'faint' },
      'What workloads sign in with. A single fault is one thing whose failure alone takes the endpoint from somebody; those that nobody here can double are counted as inherent.',
    ),
    scan.endpoints.length === 0 ? el('p', {}, 'None is known.') : rest,
  );
}

function faultsOf(one, texts) {
  const words = `${number.format(one.faults.length)}${one.inherent > 0 ? ` + ${number.format(one.inherent)} inherent` : ''}`;
  if (one.faults.length === 0) return words;
  return el(
    'details',
    { class: 'inline' },
    el('summary', {}, words),
    el(
      'ul',
      {},
      one.faults.map((fault) => el('li', { class: 'break' }, texts[fault])),
    ),
  );
}
