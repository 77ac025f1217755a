// What is known of one thing of the map, or of several that are drawn as one.

/** What is known of a thing of the map. */
function knownOf(page, thing) {
  return thing.parts.length > 1 ? knownOfSeveral(page, thing) : knownOfOne(page, thing);
}

function knownOfSeveral(page, thing) {
  const { map } = page;
  const list = el('ul', { class: 'names' });
  return [
    el(
      'div',
      { class: 'actions' },
      button('Show them', () => map.showAround(thing.parts)),
    ),
    paged(
      list,
      thing.parts,
      (part) =>
        el(
          'li',
          {},
          button(map.pictures.nodes[part].lines.join(' · '), () => page.showNode(map.pictures.nodes[part].node), {
            class: 'link break',
          }),
        ),
      12,
    ),
  ];
}

function knownOfOne(page, thing) {
  const { whatIf, map, scan, texts, failing } = page;
  const { node } = thing;
  const owner = texts[whatIf.graph.owners[node]];
  const reach = whatIf.reaching([node]);
  const dependents = whatIf.model.goals.filter((goal) => reach[goal.node] && goal.node !== node).length;
  const kind = whatIf.kind(node);
  const about = scan.findings.filter((one) =>
    one.subjects.some(([word, name]) => texts[word] === kind && texts[name] === whatIf.name(node)),
  );
  const canFail = whatIf.modesOf(node).length > 0;
  const facts = [
    [`${kind}`, whatIf.name(node)],
    ['declared', owner],
    ['workloads that reach it', kind === 'workload' ? '' : number.format(dependents)],
    ['', whatIf.graph.failure[node] === 2 ? 'inherent: nobody here can add an alternative' : ''],
  ].filter(([, value]) => value);
  return [
    el(
      'dl',
      { class: 'facts' },
      facts.map(([name, value]) => [el('dt', {}, name), el('dd', { class: 'break' }, value)]),
    ),
    el(
      'div',
      { class: 'actions' },
      canFail && button(failing.faults.has(node) ? 'Mend it' : 'Fail it', () => failing.toggle(node), { class: 'fail-it' }),
      map.pictures.ofNode.has(node) && button('Focus', () => map.showAround([map.pictures.ofNode.get(node)])),
    ),
    !canFail && el('p', { class: 'faint' }, `A ${kind} does not fail by itself: it fails with what it needs.`),
    about.length > 0 &&
      el(
        'ul',
        { class: 'about' },
        about.map((one) =>
          el(
            'li',
            {},
            button([inline(severitySign(kSeverities[one.severity])), texts[one.message]], () => page.findings.reveal(one.id), {
              class: 'link',
            }),
          ),
        ),
      ),
  ].filter(Boolean);
}
