// A scenario as text: on the command line, and in the address of the page, so that it can be kept and sent.

const specOf = (whatIf, { node, mode }) => `${whatIf.kind(node)}:${whatIf.name(node)}:${mode}`;

/** A command line that reads again what this page was made of. */
function commandWith({ scan, texts }, command, ...words) {
  return ['mainstay', command, ...scan.arguments.map((one) => quoted(texts[one])), ...words].join(' ');
}

function commandOf(page, faults) {
  const { whatIf } = page;
  return commandWith(
    page,
    'whatif',
    ...faults.map((one) => `--down ${quoted(specOf(whatIf, one))}`),
    '--who',
  );
}

function writeFragment({ whatIf }, faults) {
  const fragment = faults.map((one) => `fail=${encodeURIComponent(specOf(whatIf, one))}`).join('&');
  if (decoded(location.hash.slice(1)) === decoded(fragment) || (fragment === '' && !location.hash.startsWith('#fail='))) return;
  history.replaceState(null, '', fragment === '' ? location.pathname : `#${fragment}`);
}

function readFragment(page) {
  const { whatIf } = page;
  page.specs ??= new Map(
    Array.from(whatIf.graph.names.keys())
      .filter((node) => whatIf.graph.names[node] !== 0)
      .flatMap((node) => whatIf.modesOf(node).map((mode) => [specOf(whatIf, { node, mode }), { node, mode }])),
  );
  return location.hash
    .slice(1)
    .split('&')
    .filter((part) => part.startsWith('fail='))
    .map((part) => page.specs.get(decoded(part.slice(5))))
    .filter(Boolean);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
