// Why a workload stands as it does, in the words of `mainstay whatif`.

/** Follows what does not hold from a use down to where it begins, and says what a person would look at. */
function deadPath(whatIf, holds, use) {
  const { graph, kinds } = whatIf;
  const path = { end: use, lists: 0, resolver: null };
  const seen = new Set();
  for (let at = use; at !== null && !seen.has(at); at = deadStep(graph, kinds, holds, at, path)) {
    seen.add(at);
    path.end = at;
  }
  return path;
}

/** The first member that fails of the first gate that fails. */
function deadStep(graph, kinds, holds, at, path) {
  for (let gate = graph.gateBegin[at]; gate < graph.gateBegin[at + 1]; ++gate) {
    const members = membersOf(graph, gate);
    if (members.reduce((held, member) => held + (holds(member) ? 1 : 0), 0) >= graph.needed[gate]) continue;
    const member = members.find((one) => !holds(one));
    if (member === undefined) continue;
    if (graph.kind[at] === kinds.lookup && graph.kind[member] === kinds.question && path.lists === 0) path.lists = members.length;
    if (graph.kind[member] === kinds.resolver) path.resolver ??= member;
    return member;
  }
  return null;
}

function lostReason(whatIf, holds, use) {
  const { end, lists, resolver } = deadPath(whatIf, holds, use);
  if (whatIf.kind(end) === 'endpoint') return `${whatIf.named(end)} itself`;
  if (lists === 0) return `${whatIf.named(end)}, and nothing else would do`;
  const list = lists === 1 ? 'its only resolver' : `none of its ${lists} resolvers`;
  if (resolver === end) return lists === 1 ? `${whatIf.label(end)} is its only resolver` : `${list} is there`;
  return `${list} ${lists === 1 ? 'cannot answer' : 'can answer'} without ${whatIf.named(end)}`;
}

const percent = (share) => Math.round(share * 100);
function shareWords(share) {
  const lo = percent(share.lo);
  const hi = percent(share.hi);
  return lo === hi ? `${lo} %` : `${lo} to ${hi} %`;
}

const secondsWords = (ms) => `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : ms % 100 === 0 ? 1 : 2)} s`;
const rangeWords = ({ lo, hi }) => (lo === hi ? secondsWords(lo) : `${secondsWords(lo)} to ${secondsWords(hi)}`);

function timeReason({ wait, deadline, standing }) {
  const source = wait.client ? ` (${wait.client}, ${wait.source})` : '';
  if (standing === 'time-out') return `${rangeWords(wait)} of failover${source} against a deadline of ${secondsWords(deadline)}`;
  if (standing === 'slow') {
    let words = `+${rangeWords(wait)} a lookup${source}`;
    if (deadline !== null) words += `, deadline ${secondsWords(deadline)}`;
    return deadline !== null && wait.hi >= deadline ? `${words}, which it may miss` : words;
  }
  return standing === 'now'
    ? `its resolver library gives up${source}`
    : `its resolver library may give up, which depends on more than is known${source}`;
}

/** One sentence; empty for those who are not concerned. */
function reasonOf(whatIf, state, one) {
  if (one.ending || one.standing === 'lost-anyway') {
    return one.uses.length > 0 ? lostReason(whatIf, (node) => state.works[node], one.uses[0]) : '';
  }
  if (one.standing === 'untold') return 'goes another way; how long that takes is more than this page knows';
  if (one.wait && one.standing !== 'fine') return timeReason(one);
  if (!isNone(one.lost)) return `${shareWords(one.lost)} of its lookups end in a wrong answer, which nobody asks again`;
  if (one.standing === 'slow') return `${shareWords(one.slowed)} of its lookups wait for something slow`;
  if (one.standing === 'unknown') return 'nothing says which resolver it uses';
  if (!one.near) return '';
  return one.wait?.innerUnknown
    ? 'goes on another way; how long its resolver takes to turn to the next upstream is not known'
    : 'goes on another way';
}

/** "a → b" for each choice on its way of which a part is gone: what it does without, and what stands in. At most three. */
function standIns(whatIf, state, goal) {
  const { graph, kinds } = whatIf;
  const right = (node) => state.works[node] && isNone(state.wrong.of(node));
  const found = new Map();
  const seen = new Set([goal]);
  const open = [goal];
  while (open.length > 0 && found.size < 3) {
    const node = open.pop();
    for (let gate = graph.gateBegin[node]; gate < graph.gateBegin[node + 1]; ++gate) {
      const members = Array.from(membersOf(graph, gate));
      const gone = members.filter((member) => !right(member));
      const there = members.filter(right);
      if (graph.needed[gate] < members.length && gone.length > 0 && there.length > 0) {
        const names = (list) => [...new Set(list.map((one) => servingName(whatIf, one)))].join(', ');
        found.set(names(gone), names(there.slice(0, 1)));
      }
      for (const member of there) {
        if (!state.near[member] || seen.has(member)) continue;
        seen.add(member);
        open.push(member);
      }
    }
  }
  return [...found].map(([without, by]) => ({ without, by }));
}

/** A question or a lookup is called by who is asked. */
function servingName(whatIf, node) {
  const { graph, kinds } = whatIf;
  if (graph.kind[node] === kinds.question) {
    const resolver = membersOfNode(graph, node).find((one) => graph.kind[one] === kinds.resolver);
    if (resolver !== undefined) return whatIf.label(resolver);
  }
  return whatIf.label(node);
}

function durationWords(seconds) {
  if (seconds === 0) return '0';
  for (const [unit, name] of [
    [86400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ]) {
    const many = seconds >= Math.floor((unit * 3) / 2) && (unit !== 86400 || seconds > 4 * unit);
    if (!many && seconds !== unit) continue;
    return seconds % unit === 0 ? `${seconds / unit} ${name}` : `${(seconds / unit).toFixed(1)} ${name}`;
  }
  return `${seconds} s`;
}

function lockoutWords(ending) {
  if (ending.known === ending.most) return `0 – ${durationWords(ending.known)}`;
  return ending.known === 0 ? '0 – ?' : `0 – ${durationWords(ending.known)} + ?`;
}

/** What runs out first of what somebody lives on; empty when nothing is held. */
function runsOutFirst(whatIf, ending) {
  const first = ending.carried[0];
  if (!first) return '';
  const host = whatIf.label(first.node);
  return { answer: `a cached answer for ${host}`, stale: `a stale answer for ${host}`, credential: `what it holds of ${host}` }[first.kind];
}
