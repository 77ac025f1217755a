'use strict';
// The data of the page, taken apart. The program writes columns of numbers; render/html/page_data.h says what of.

/** The requirement graph as flat arrays: a node works when it has not failed and each of its gates has `needed` members that work. */
function readGraph(columns) {
  const size = columns.gates.length;
  const kinds = columns.kinds.map(([word]) => word);
  const kind = new Uint8Array(size);
  let at = 0;
  columns.kinds.forEach(([, count], number) => {
    kind.fill(number, at, at + count);
    at += count;
  });
  const gateBegin = sums(columns.gates);
  const memberBegin = sums(columns.counts);
  const members = Uint32Array.from(columns.members);
  const owner = new Uint32Array(columns.counts.length);
  for (let node = 0; node < size; ++node) owner.fill(node, gateBegin[node], gateBegin[node + 1]);
  return {
    size,
    kinds,
    kind,
    gateBegin,
    memberBegin,
    members,
    owner,
    needed: Uint32Array.from(columns.needed),
    choice: Uint8Array.from(columns.choices),
    failure: Uint8Array.from(columns.failure), // 0 a step of reasoning, 1 can fail, 2 can fail and nobody here can help it
    names: columns.names,
    labels: columns.labels,
    owners: columns.owners,
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

/** Holds, deadlines and times, found by node. A hold is [what is known, the most], in seconds. */
function readModel(model, texts) {
  const hold = (pair) => (pair ? { known: pair[0], most: pair[1] ?? Infinity } : null);
  return {
    modes: new Map(model.modes.map(([kind, words]) => [texts[kind], words.map((word) => texts[word])])),
    worst: model.worst,
    goals: model.goals.map(([node, purpose, unknown]) => ({ node, purpose: texts[purpose], resolverUnknown: unknown === 1 })),
    uses: new Map(model.uses.map(([node, deadline, credential]) => [node, { deadline, credential: hold(credential) }])),
    questions: new Map(
      model.questions.map(([node, forwarder, answer, stale]) => [node, { forwarder, answer: hold(answer), stale: hold(stale) }]),
    ),
    clientOf: new Map(model.lookups),
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
