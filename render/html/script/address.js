// A scenario as text: on the command line, and in the address of the page, so that it can be kept and sent.

const specOf = (whatIf, { node, mode }) => `${whatIf.kind(node)}:${whatIf.name(node)}:${mode}`;

function commandOf({ whatIf, scan, texts }, faults) {
  const paths = scan.read.snapshots.length > 0 ? scan.read.snapshots.map(([file]) => file) : scan.read.roots;
  return [
    'mainstay whatif',
    ...paths.map((one) => quoted(texts[one])),
    ...faults.map((one) => `--down ${quoted(specOf(whatIf, one))}`),
    '--who',
  ].join(' ');
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
