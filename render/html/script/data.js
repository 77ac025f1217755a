// The data of the page, taken apart. The program writes columns of numbers; render/html/page_data.h says what of.

/** The requirement graph as flat arrays: a node works when it has not failed and each of its gates has `needed` members that work. */
function readGraph(columns) {
  const [names, labels, failure, owners, gates] = columns.nodes.map(unpacked);
  const [counts, needed, choices] = columns.gates.map(unpacked);
  const size = gates.length;
  const kinds = columns.kinds.map(([word]) => word);
  const kind = new Uint8Array(size);
  let at = 0;
  columns.kinds.forEach(([, count], number) => {
    kind.fill(number, at, at + count);
    at += count;
  });
  const gateBegin = sums(gates);
  const memberBegin = sums(counts);
  const members = Uint32Array.from(unpacked(columns.members));
  const owner = new Uint32Array(counts.length);
  for (let node = 0; node < size; ++node) owner.fill(node, gateBegin[node], gateBegin[node + 1]);
  return {
    size,
    kinds,
    kind,
    gateBegin,
    memberBegin,
    members,
    owner,
    needed: Uint32Array.from(needed),
    choice: Uint8Array.from(choices),
    failure: Uint8Array.from(failure), // 0 a step of reasoning, 1 can fail, 2 can fail and nobody here can help it
    names,
    labels,
    owners,
    ...backwards(size, memberBegin, members),
  };
}

/** 0, a, a + b, ... */
function sums(counts) {
  const all = new Uint32Array(counts.length + 1);
  for (let at = 0; at < counts.length; ++at) all[at + 1] = all[at] + counts[at];
  return all;
}

/** The gates that each node is a member of, ascending. */
function backwards(size, memberBegin, members) {
  const counts = new Uint32Array(size);
  for (const member of members) ++counts[member];
  const withBegin = sums(counts);
  const next = withBegin.slice(0, size);
  const gatesWith = new Uint32Array(members.length);
  for (let gate = 0; gate + 1 < memberBegin.length; ++gate) {
    for (let at = memberBegin[gate]; at < memberBegin[gate + 1]; ++at) gatesWith[next[members[at]]++] = gate;
  }
  return { withBegin, gatesWith };
}

const membersOf = (graph, gate) => graph.members.subarray(graph.memberBegin[gate], graph.memberBegin[gate + 1]);
/** Members of all gates of a node, gate by gate. */
const membersOfNode = (graph, node) =>
  graph.members.subarray(graph.memberBegin[graph.gateBegin[node]], graph.memberBegin[graph.gateBegin[node + 1]]);
const gatesWith = (graph, node) => graph.gatesWith.subarray(graph.withBegin[node], graph.withBegin[node + 1]);
const kindWord = (graph, texts, node) => texts[graph.kinds[graph.kind[node]]];

/** Holds, deadlines and times, found by node. A hold is what is known of it and the most, in seconds; -1 stands for what nobody knows. */
function readModel(model, texts) {
  const hold = (known, most) => (known < 0 ? null : { known, most: most < 0 ? Infinity : most });
  return {
    modes: new Map(model.modes.map(([kind, words]) => [texts[kind], words.map((word) => texts[word])])),
    worst: model.worst,
    goals: unpackedRows(model.goals, (node, purpose, unknown) => ({ node, purpose: texts[purpose], resolverUnknown: unknown === 1 })),
    uses: new Map(
      unpackedRows(model.uses, (node, deadline, known, most) => [
        node,
        { deadline: deadline < 0 ? null : deadline, credential: hold(known, most) },
      ]),
    ),
    questions: new Map(
      unpackedRows(model.questions, (node, forwarder, known, most, staleKnown, staleMost) => [
        node,
        { forwarder, answer: hold(known, most), stale: hold(staleKnown, staleMost) },
      ]),
    ),
    clientOf: new Map(unpackedRows(model.lookups, (node, client) => [node, client])),
    circles: model.cycles,
    circleOf: new Map(model.cycles.flatMap((nodes, at) => nodes.map((node) => [node, at]))),
    states: model.states.map(([mode, lo, hi]) => ({ mode: texts[mode], lo, hi })),
    answers: model.answers.map(([best, worst, lo, hi, source, arithmetic]) => ({
      best,
      worst,
      lo,
      hi,
      source: texts[source],
      arithmetic: texts[arithmetic],
    })),
    clients: model.clients.map(([word, mostServers, answers]) => ({ word: texts[word], mostServers: mostServers ?? Infinity, answers })),
    forwarders: model.forwarders,
  };
}

/** Modes are those of `mainstay whatif --mode`. The first ones give no answer, so clients turn to the next server; the next are taken for true. */
const givesNoAnswer = (mode) => ['silent', 'closed', 'servfail', 'refused'].includes(mode);
const givesWrongAnswer = (mode) => ['wrong-negative', 'wrong-answer', 'stale'].includes(mode);
