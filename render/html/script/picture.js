// What the map shows: the summary that came laid out, or a part around some things.

const kMostThings = 200;
const kLayers = ['workload', 'endpoint', 'stub', 'resolver', 'upstream', 'zone', 'name-server', 'provider'];
const kHeadings = [
  'Workloads',
  'Identity endpoints',
  'Stub resolvers',
  'Resolvers',
  'Upstream resolvers',
  'Zones',
  'Name servers',
  'Providers',
];

class Pictures {
  constructor(map, texts) {
    this.texts = texts;
    this.nodes = this.#nodes(map.nodes);
    this.edges = unpackedRows(map.edges, (from, to, alternative, label) => ({
      from,
      to,
      alternative: alternative === 1,
      label: texts[label],
    }));
    this.map = map;
    this.ofNode = new Map(this.nodes.map((one, at) => [one.node, at]));
    this.needs = this.nodes.map(() => []);
    this.neededBy = this.nodes.map(() => []);
    this.edges.forEach((edge) => {
      this.needs[edge.from].push(edge);
      this.neededBy[edge.to].push(edge);
    });
  }

  #nodes(packed) {
    const lines = unpacked(packed.lines);
    const rules = unpacked(packed.rules);
    let line = 0;
    let rule = 0;
    let at = 0;
    return unpackedRows(packed.rows, (node, layer, cluster, lineCount, severity, ruleCount, flags, kind) => {
      const itsLines = lines.slice(line, (line += lineCount));
      const itsRules = rules.slice(rule, (rule += ruleCount));
      return this.#thing([node, layer, cluster, itsLines, severity, itsRules, flags, kind], [at++]);
    });
  }

  /** `parts` are indices of `nodes` that the thing stands for. */
  #thing([node, layer, cluster, lines, severity, rules, flags, kind], parts) {
    const { texts } = this;
    return {
      node,
      layer,
      cluster: texts[cluster],
      lines: lines.map((one) => texts[one]),
      severity: kSeverities[severity] ?? null,
      rules: rules.map((one) => texts[one]),
      single: (flags & 1) !== 0,
      inherent: (flags & 2) !== 0,
      described: (flags & 4) !== 0,
      kind: texts[kind],
      parts,
    };
  }

  summary() {
    const { map, texts } = this;
    const things = map.things.map(([own, [x, y], [w, h], parts, row]) => {
      const thing = parts ? this.#thing(row, parts) : { ...this.nodes[own] };
      return { ...thing, x, y, w, h };
    });
    const needs = map.needs.map(([from, to, alternative, label], at) => ({
      from,
      to,
      alternative: alternative === 1,
      label: texts[label],
      curve: map.curves[at],
    }));
    return {
      things,
      needs,
      note: texts[map.note],
      frames: map.frames.map(([name, low, high]) => ({ name: texts[name], low, high })),
      of: null,
    };
  }

  /** What needs the things and what they need, up to `depth` edges away (0: all), folded where they are many. */
  around(starts, depth, direction) {
    const distance = new Map();
    if (direction !== 'down') this.#spread(starts, (at) => this.needs[at].map((edge) => edge.to), depth, distance);
    if (direction !== 'up') this.#spread(starts, (at) => this.neededBy[at].map((edge) => edge.from), depth, distance);
    const all = [...distance.keys()].sort((a, b) => a - b);
    const notes = [`a part: ${number.format(all.length)} of ${counted(this.nodes.length, 'thing')}`];
    let groups = all.map((at) => [at]);
    if (all.length > kMostThings / 4) groups = this.#folded(all, new Set(starts));
    if (groups.length < all.length) notes.push('things with the same needs are drawn as one');
    if (groups.length > kMostThings) {
      const near = (parts) => Math.min(...parts.map((at) => distance.get(at)));
      groups = groups
        .map((parts) => [near(parts), parts])
        .sort((a, b) => a[0] - b[0])
        .slice(0, kMostThings)
        .map(([, parts]) => parts)
        .sort((a, b) => a[0] - b[0]);
      notes.push(`only the nearest ${kMostThings} are drawn; a smaller depth shows fewer`);
    }
    return { ...this.#drawn(groups), note: notes.join('; '), frames: [], of: starts };
  }

  #spread(starts, next, depth, distance) {
    let front = starts;
    const seen = new Set(starts);
    for (let step = 0; front.length > 0; ++step) {
      for (const at of front) distance.set(at, Math.min(step, distance.get(at) ?? Infinity));
      if (depth > 0 && step >= depth) return;
      const beyond = [];
      for (const at of front)
        for (const to of next(at))
          if (!seen.has(to)) {
            seen.add(to);
            beyond.push(to);
          }
      front = beyond;
    }
  }

  /** Things of a layer that need the same and are needed by the same, four or more, go together. */
  #folded(all, alone) {
    const inside = new Set(all);
    const alike = new Map();
    for (const at of all) {
      const ends = (edges, end) =>
        edges
          .map((edge) => edge[end])
          .filter((one) => inside.has(one))
          .join();
      const one = this.nodes[at];
      const joins = !alone.has(at) && one.severity === null && (one.layer === 0 || !one.single);
      const key = joins ? `${one.layer}|${one.kind}|${ends(this.needs[at], 'to')}|${ends(this.neededBy[at], 'from')}` : `alone ${at}`;
      if (!alike.has(key)) alike.set(key, []);
      alike.get(key).push(at);
    }
    return [...alike.values()].flatMap((parts) => (parts.length >= 4 ? [parts] : parts.map((at) => [at]))).sort((a, b) => a[0] - b[0]);
  }

  #drawn(groups) {
    const place = new Map();
    const things = groups.map((parts, at) => {
      for (const one of parts) place.set(one, at);
      const first = this.nodes[parts[0]];
      return parts.length === 1
        ? { ...first }
        : { ...first, parts, node: -1, lines: [first.lines[0], `and ${parts.length - 1} more alike`] };
    });
    things.forEach((thing) => Object.assign(thing, sizeOf(thing)));
    const needs = new Map();
    for (const parts of groups)
      for (const at of parts)
        for (const edge of this.needs[at]) {
          const ends = `${place.get(at)},${place.get(edge.to)}`;
          if (!place.has(edge.to) || place.get(at) === place.get(edge.to)) continue;
          if (!needs.has(ends))
            needs.set(ends, {
              from: place.get(at),
              to: place.get(edge.to),
              alternative: edge.alternative,
              label: parts.length === 1 ? edge.label : '',
            });
        }
    layOut(things, [...needs.values()]);
    return { things, needs: [...needs.values()].map((need) => ({ ...need, curve: curveBetween(things[need.from], things[need.to]) })) };
  }
}

const kLineHeight = 15;
const measure = (() => {
  let context = null;
  return (text, font) => {
    context ??= document.createElement('canvas').getContext('2d');
    context.font = font;
    return context.measureText(text).width;
  };
})();
const kLabelFont = '12px system-ui, sans-serif';
const kSmallFont = '600 10px system-ui, sans-serif';

function badgeOf(thing) {
  if (!thing.severity) return '';
  const rules = thing.rules.length > 1 ? `${thing.rules[0]} +${thing.rules.length - 1}` : (thing.rules[0] ?? '');
  return shortened(`${thing.severity}: ${rules}`, 34);
}
const shortened = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

function sizeOf(thing) {
  const lines = thing.lines.map(
    (line, at) => measure(shortened(line, 34), at === 0 ? kLabelFont : kSmallFont) + (at === 0 && thing.parts.length > 1 ? 34 : 0),
  );
  const marks = [thing.severity && badgeOf(thing), thing.single && 'single fault'].filter(Boolean);
  const widths = [...lines, ...marks.map((words) => measure(words, kSmallFont) + 20), 96];
  return { w: Math.ceil(Math.max(...widths)) + 30, h: 12 + kLineHeight * (thing.lines.length + marks.length) };
}
