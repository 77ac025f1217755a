// The share of lookups that end in a wrong answer, which nobody asks again. analyzer/faults/degraded.h has the formulas.

const kNoShare = { lo: 0, hi: 0 };
const isNone = (share) => share.hi === 0;

/** The least upper bound of the probability that at least `times` of events with these exact probabilities happen. */
function mostLikely(chances, times) {
  if (times === 0) return 1;
  if (times > chances.length) return 0;
  const sums = [0];
  for (const chance of [...chances].sort((a, b) => a - b)) sums.push(sums[sums.length - 1] + chance);
  let bound = 1;
  for (let left = 0; left < times; ++left) bound = Math.min(bound, sums[chances.length - left] / (times - left));
  return bound;
}

function atLeast(events, times) {
  const failing = events.map((one) => 1 - one.lo);
  const lo = times > events.length ? 0 : 1 - mostLikely(failing, events.length - times + 1);
  return {
    lo: Math.max(0, lo),
    hi: mostLikely(
      events.map((one) => one.hi),
      times,
    ),
  };
}

/** The means over the members that work when the queries of the others may be taken over by any of them. */
function randomChoice(live, all) {
  let sum = kNoShare;
  let best = 1;
  let worst = 0;
  for (const one of live) {
    sum = { lo: sum.lo + one.lo, hi: sum.hi + one.hi };
    best = Math.min(best, one.lo);
    worst = Math.max(worst, one.hi);
  }
  const dead = all - live.length;
  return { lo: (sum.lo + dead * best) / all, hi: (sum.hi + dead * worst) / all };
}

class Shares {
  /** `caused` maps faulty nodes to the share that they lose themselves. */
  constructor(graph, kinds, works, caused) {
    Object.assign(this, { graph, kinds, works, caused });
    this.shares = new Map();
    const reached = this.#reached();
    for (const component of strongComponents(graph, reached)) this.#settle(component);
  }

  of(node) {
    return this.shares.get(node) ?? kNoShare;
  }

  #reached() {
    const reached = new Uint8Array(this.graph.size);
    const open = [...this.caused.keys()].filter((node) => this.works[node]);
    for (const node of open) reached[node] = 1;
    while (open.length > 0) {
      for (const gate of gatesWith(this.graph, open.pop())) {
        const owner = this.graph.owner[gate];
        if (reached[owner] || !this.works[owner]) continue;
        reached[owner] = 1;
        open.push(owner);
      }
    }
    return reached;
  }

  #ofGate(gate) {
    const { graph } = this;
    const members = membersOf(graph, gate);
    const live = Array.from(members)
      .filter((member) => this.works[member])
      .map((member) => this.of(member));
    const needed = graph.needed[gate];
    if (needed === 0 || live.every(isNone)) return kNoShare;
    const triesOn = graph.kind[graph.owner[gate]] === this.kinds.workload;
    if (needed !== 1 || members.length <= 1 || triesOn) return atLeast(live, live.length - Math.min(needed, live.length) + 1);
    if (graph.choice[gate] === 0) return live[0];
    if (graph.choice[gate] === 1) return randomChoice(live, members.length);
    return { lo: Math.min(...live.map((one) => one.lo)), hi: Math.max(...live.map((one) => one.hi)) };
  }

  #ofNode(node) {
    const all = this.caused.has(node) && this.works[node] ? [this.caused.get(node)] : [];
    for (let gate = this.graph.gateBegin[node]; gate < this.graph.gateBegin[node + 1]; ++gate) {
      const one = this.#ofGate(gate);
      if (!isNone(one)) all.push(one);
    }
    return all.length === 0 ? kNoShare : atLeast(all, 1);
  }

  #settle(component) {
    for (let round = 0; round < 64; ++round) {
      let changed = false;
      for (const node of component) {
        const now = this.#ofNode(node);
        const before = this.of(node);
        changed = changed || now.lo !== before.lo || now.hi !== before.hi;
        this.shares.set(node, now);
      }
      if (!changed) return;
      if (component.length === 1 && round > 0) break;
    }
    for (const node of component) if (!isNone(this.of(node))) this.shares.set(node, { ...this.of(node), hi: 1 });
  }
}

/** Tarjan's strongly connected components of the nodes that are kept, members before those who need them. */
function strongComponents(graph, kept) {
  const low = new Float64Array(graph.size); // 0 unseen, Infinity when its component is complete
  for (let node = 0; node < graph.size; ++node) if (!kept[node]) low[node] = Infinity;
  const found = [];
  const path = [];
  const open = [];
  let numbers = 0;
  const enter = (node) => {
    low[node] = ++numbers;
    path.push({ node, number: numbers, next: 0 });
    open.push(node);
  };
  const leave = () => {
    const step = path.pop();
    const lowest = low[step.node];
    if (lowest === step.number) {
      const component = [];
      do {
        component.push(open.pop());
        low[component[component.length - 1]] = Infinity;
      } while (component[component.length - 1] !== step.node);
      found.push(component);
      return;
    }
    if (path.length > 0) low[path[path.length - 1].node] = Math.min(low[path[path.length - 1].node], lowest);
  };
  for (let root = 0; root < graph.size; ++root) {
    if (low[root] !== 0) continue;
    enter(root);
    while (path.length > 0) {
      const step = path[path.length - 1];
      const members = membersOfNode(graph, step.node);
      if (step.next === members.length) leave();
      else {
        const member = members[step.next++];
        if (low[member] === 0) enter(member);
        else if (low[member] !== Infinity) low[step.node] = Math.min(low[step.node], low[member]);
      }
    }
  }
  return found;
}
