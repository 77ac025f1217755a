// What if: how every workload stands while certain things are faulty. The lists and their words are those of `mainstay whatif`.

const kStandings = ['now', 'time-out', 'degraded', 'later', 'slow', 'untold', 'fine', 'unknown', 'lost-anyway'];

class WhatIf {
  constructor(columns, model, texts) {
    this.texts = texts;
    this.graph = readGraph(columns);
    this.model = readModel(model, texts);
    this.kinds = Object.fromEntries(this.graph.kinds.map((word, number) => [texts[word].replace('-', '_'), number]));
    this.points = new FixedPoints(this.graph);
  }

  label(node) {
    return this.texts[this.graph.labels[node]];
  }
  kind(node) {
    return kindWord(this.graph, this.texts, node);
  }
  named(node) {
    return `${this.kind(node)} ${this.label(node)}`;
  }
  name(node) {
    return this.texts[this.graph.names[node]];
  }
  modesOf(node) {
    return this.model.modes.get(this.kind(node)) ?? [];
  }

  /** `faults` is a list of {node, mode}. */
  evaluate(faults) {
    const failed = faults.filter((one) => givesNoAnswer(one.mode)).map((one) => one.node);
    const works = this.points.works(failed);
    const lost = [];
    for (let node = 0; node < this.graph.size; ++node) if (this.points.state[node] !== kNever && !works[node]) lost.push(node);
    const caused = (test) =>
      new Map(
        faults.filter(({ mode }) => test(mode)).map(({ node, mode }) => [node, mode === 'stale' ? { lo: 0, hi: 1 } : { lo: 1, hi: 1 }]),
      );
    const state = {
      faults,
      works,
      lost,
      near: this.reaching(faults.map((one) => one.node)),
      endings: new Endings(this.points, this.model, this.kinds, lost, failed),
      wrong: new Shares(this.graph, this.kinds, works, caused(givesWrongAnswer)),
      slowed: new Shares(
        this.graph,
        this.kinds,
        works,
        caused((mode) => mode === 'slow'),
      ),
      waits: new Waits(this.graph, this.model, this.kinds, works, faults),
    };
    state.outcomes = this.model.goals.map((goal) => this.#outcome(goal, state));
    return state;
  }

  /** One flag a node: it reaches one of these, whether or not it could do without. */
  reaching(nodes) {
    const near = new Uint8Array(this.graph.size);
    for (const node of nodes) near[node] = 1;
    const open = [...nodes];
    while (open.length > 0) {
      for (const gate of gatesWith(this.graph, open.pop())) {
        const owner = this.graph.owner[gate];
        if (near[owner]) continue;
        near[owner] = 1;
        open.push(owner);
      }
    }
    return near;
  }

  #usesThat(goal, concerns) {
    return Array.from(membersOfNode(this.graph, goal)).filter(concerns);
  }

  #outcome(goal, state) {
    const one = {
      goal,
      node: goal.node,
      standing: 'fine',
      near: state.near[goal.node] === 1,
      uses: [],
      ending: null,
      wait: null,
      deadline: null,
    };
    const dead = (use) => !state.works[use];
    one.lost = state.wrong.of(goal.node);
    one.slowed = state.slowed.of(goal.node);
    if (this.points.state[goal.node] === kNever) {
      one.standing = 'lost-anyway';
      one.uses = this.#usesThat(goal.node, dead);
    } else if (state.endings.of(goal.node)) {
      one.ending = state.endings.of(goal.node);
      one.standing = one.ending.known > 0 ? 'later' : 'now';
      one.uses = this.#usesThat(goal.node, dead);
    } else if (!isNone(one.lost)) {
      one.standing = one.lost.lo >= 1 ? 'now' : 'degraded';
      one.uses = this.#usesThat(goal.node, (use) => !isNone(state.wrong.of(use)));
    } else if (!isNone(one.slowed)) {
      one.standing = 'slow';
      one.uses = this.#usesThat(goal.node, (use) => !isNone(state.slowed.of(use)));
    } else if (goal.resolverUnknown) {
      one.standing = 'unknown';
    } else if (one.near) {
      one.uses = this.#usesThat(goal.node, (use) => state.near[use]);
      for (let gate = this.graph.gateBegin[goal.node]; gate < this.graph.gateBegin[goal.node + 1]; ++gate)
        this.#waitForGate(gate, state, one);
      judgeTime(one);
    }
    return one;
  }

  /** Alternatives are tried one after the other: what fails first is waited for first, and then the one that works. */
  #waitForGate(gate, state, one) {
    const uses = membersOf(this.graph, gate);
    const alternatives = this.graph.needed[gate] < uses.length;
    let before = { lo: 0, hi: 0, untold: false };
    for (const use of uses) {
      const time = state.waits.ofUse(use);
      if (alternatives && !state.works[use]) {
        if (time) before = addRange(before, time);
        continue;
      }
      if (time || before.hi > 0 || before.lo > 0)
        keepWorst(one, use, { ...(time ?? kNoWait), ...addRange(time ?? kNoWait, before) }, this.model.uses.get(use)?.deadline ?? null);
      if (alternatives) return;
    }
  }
}

/** Keeps the wait that is worst for the workload: past a deadline, then the longest. */
function keepWorst(one, use, wait, deadline) {
  const missed = (of, limit) => (limit !== null && of.lo >= limit ? 1 : 0);
  const badness = (of, limit) => [of.best, of.worst, missed(of, limit), of.hi];
  if (one.wait && !isLess(badness(one.wait, one.deadline), badness(wait, deadline))) {
    one.wait.untold = one.wait.untold || wait.untold;
    return;
  }
  one.wait = { ...wait, untold: wait.untold || (one.wait?.untold ?? false) };
  one.deadline = deadline;
  one.uses = [use];
}

function isLess(a, b) {
  for (let at = 0; at < a.length; ++at) if (a[at] !== b[at]) return a[at] < b[at];
  return false;
}

function judgeTime(one) {
  if (!one.wait) return;
  if (one.wait.best !== kAnswered) one.standing = 'now';
  else if (one.wait.untold) one.standing = 'untold';
  else if (one.wait.worst !== kAnswered) {
    one.standing = 'degraded';
    one.lost = { lo: 0, hi: 1 };
  } else if (one.deadline !== null && one.wait.lo >= one.deadline) one.standing = 'time-out';
  else if (one.wait.hi > 0) one.standing = 'slow';
}
