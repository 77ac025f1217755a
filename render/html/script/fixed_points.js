// Who works while some nodes have failed. analyzer/faults/fixed_points.h has the definitions; this evaluates them as they stand there:
//
//   least C . greatest W . (C, W) = step(C + W), C over the nodes that can start cold, W over those that only go on warm.

const kNever = 0;
const kWarmOnly = 1;
const kCold = 2;

class FixedPoints {
  constructor(graph) {
    this.graph = graph;
    this.state = new Uint8Array(graph.size);
    const warm = this.#settle(new Uint8Array(graph.size), new Uint8Array(graph.size).fill(kWarmOnly));
    const cold = this.#settle(new Uint8Array(graph.size), new Uint8Array(graph.size).fill(kCold));
    for (let node = 0; node < graph.size; ++node) this.state[node] = cold[node] ? kCold : warm[node] ? kWarmOnly : kNever;
  }

  /** One flag a node. */
  works(failed) {
    const stopped = new Uint8Array(this.graph.size);
    for (const node of failed) stopped[node] = 1;
    return this.#settle(stopped, this.state);
  }

  #settle(stopped, state) {
    const { graph } = this;
    const alive = new Uint8Array(graph.size);
    const have = new Uint32Array(graph.owner.length); // members that work, of a gate
    const closed = new Uint32Array(graph.size); // gates that are not satisfied, of a node
    for (let gate = 0; gate < graph.owner.length; ++gate) {
      if (graph.needed[gate] > 0) ++closed[graph.owner[gate]];
    }
    const revive = (node) => {
      alive[node] = 1;
      for (const gate of gatesWith(graph, node)) {
        if (++have[gate] === graph.needed[gate]) --closed[graph.owner[gate]];
      }
    };
    do {
      this.#assumeWarmOnly(stopped, state, { alive, have, closed, revive });
    } while (this.#proveCold(stopped, state, { alive, closed, revive }) && state.includes(kWarmOnly));
    return alive;
  }

  /** The greatest set of warm-only nodes that rest on each other and on what is proved so far. */
  #assumeWarmOnly(stopped, state, { alive, have, closed, revive }) {
    const { graph } = this;
    const mustStop = (node) => state[node] === kWarmOnly && alive[node] === 1 && closed[node] > 0;
    for (let node = 0; node < graph.size; ++node) {
      if (state[node] === kWarmOnly && !alive[node] && !stopped[node]) revive(node);
    }
    const work = [];
    for (let node = 0; node < graph.size; ++node) if (mustStop(node)) work.push(node);
    while (work.length > 0) {
      const node = work.pop();
      if (!alive[node]) continue;
      alive[node] = 0;
      for (const gate of gatesWith(graph, node)) {
        if (have[gate]-- !== graph.needed[gate]) continue;
        const owner = graph.owner[gate];
        ++closed[owner];
        if (mustStop(owner)) work.push(owner);
      }
    }
  }

  /** The least set of nodes that can start, with the others as they stand; tells whether it grew. */
  #proveCold(stopped, state, { alive, closed, revive }) {
    const { graph } = this;
    const canStart = (node) => state[node] === kCold && !alive[node] && !stopped[node] && closed[node] === 0;
    const work = [];
    for (let node = 0; node < graph.size; ++node) if (canStart(node)) work.push(node);
    const grew = work.length > 0;
    while (work.length > 0) {
      const node = work.pop();
      if (alive[node]) continue;
      revive(node);
      for (const gate of gatesWith(graph, node)) if (canStart(graph.owner[gate])) work.push(graph.owner[gate]);
    }
    return grew;
  }
}
