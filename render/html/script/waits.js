// How long lookups take while some servers do not answer. The structure is that of analyzer/faults/lookup_waits.cpp; what a client library
// or a forwarding program does with a list of servers is looked up in tables, which the program wrote. A list that is not in them has no
// time here: `untold`.

const kAnswered = 0;
const kNoWait = {
  lo: 0,
  hi: 0,
  best: kAnswered,
  worst: kAnswered,
  arithmetic: '',
  source: 'assumed',
  client: '',
  innerUnknown: false,
  untold: false,
};
const kGood = 0; // number of the state of a server that answers at once
const kUntold = -1;

function eitherWait(a, b) {
  if (b.worst < a.worst || (b.worst === a.worst && b.hi < a.hi)) [a, b] = [b, a];
  const weaker = ['assumed', 'documented', 'measured'].indexOf(a.source) < ['assumed', 'documented', 'measured'].indexOf(b.source) ? a : b;
  return {
    ...b,
    lo: Math.min(a.lo, b.lo),
    hi: Math.max(a.hi, b.hi),
    best: Math.min(a.best, b.best),
    source: weaker.source,
    innerUnknown: a.innerUnknown || b.innerUnknown,
    untold: a.untold || b.untold,
  };
}

class Waits {
  constructor(graph, model, kinds, works, faults) {
    Object.assign(this, { graph, model, kinds, works });
    this.modes = new Map(faults.map(({ node, mode }) => [node, mode]));
    this.lookups = new Map();
    this.states = new Map();
    this.entered = new Set();
    this.numbers = model.stateNumbers ??= new Map(model.states.map((one, at) => [`${one.mode},${one.lo},${one.hi}`, at]));
  }

  /** Of all lookups that a use makes one after the other; null when it makes none. */
  ofUse(use) {
    const waits = [];
    for (const member of membersOfNode(this.graph, use)) {
      if (this.graph.kind[member] === this.kinds.lookup) waits.push(this.of(member));
    }
    if (waits.length === 0) return null;
    const last = waits.pop();
    const before = waits.reduce(addRange, { lo: 0, hi: 0, untold: false });
    return { ...last, ...addRange(last, before) };
  }

  /** A circle is worked out in the order of its nodes, whoever asks first (analyzer/faults/asking_cycles.h). */
  #enterCircleOf(node) {
    const circle = this.model.circleOf.get(node);
    if (circle === undefined || this.entered.has(circle)) return;
    this.entered.add(circle);
    for (const one of this.model.circles[circle]) {
      if (this.graph.kind[one] === this.kinds.lookup) this.#enteredWait(one);
      else this.#enteredState(one);
    }
  }

  of(lookup) {
    this.#enterCircleOf(lookup);
    return this.#enteredWait(lookup);
  }

  #enteredWait(lookup) {
    if (!this.lookups.has(lookup)) {
      this.lookups.set(lookup, kNoWait); // a lookup that comes back to itself waits for nothing
      this.lookups.set(lookup, this.#computed(lookup));
    }
    return this.lookups.get(lookup);
  }

  #number(mode, lo = 0, hi = lo) {
    return this.numbers.get(`${mode},${lo},${hi}`) ?? kUntold;
  }

  /** The servers, or what stands for them, that a lookup may turn to. */
  #askedBy(lookup) {
    for (let gate = this.graph.gateBegin[lookup]; gate < this.graph.gateBegin[lookup + 1]; ++gate) {
      const members = membersOf(this.graph, gate);
      if (members.length > 0 && this.graph.kind[members[0]] !== this.kinds.stub) return members;
    }
    return [];
  }

  #computed(lookup) {
    const members = this.#askedBy(lookup);
    if (members.length === 0) return kNoWait;
    const client = this.model.clientOf.get(lookup);
    if (client !== undefined) return this.#byStub(this.model.clients[client], members);
    return Array.from(members)
      .map((member) => this.of(member))
      .reduce(eitherWait);
  }

  #byStub(client, members) {
    const states = Array.from(members).map((member) => this.#stateOf(member));
    const innerUnknown = states.some((one) => one.innerUnknown);
    const mild = states.map((one) => one.mild);
    const harsh = states.map((one) => one.harsh);
    if (mild.every((one) => one === kGood) && harsh.every((one) => one === kGood)) return { ...kNoWait, innerUnknown };
    let time = this.#answer(client, mild);
    if (mild.join() !== harsh.join()) time = eitherWait(time, this.#answer(client, harsh));
    return { ...time, innerUnknown: time.innerUnknown || innerUnknown };
  }

  #answer(client, states) {
    const answer = this.model.answers[client.answers[states.slice(0, client.mostServers).join()]];
    return answer ? { ...kNoWait, ...answer, client: client.word } : { ...kNoWait, client: client.word, untold: true };
  }

  #stateOf(question) {
    this.#enterCircleOf(question);
    return this.#enteredState(question);
  }

  #enteredState(question) {
    if (!this.states.has(question)) {
      this.states.set(question, { mild: kGood, harsh: kGood, innerUnknown: false }); // one that comes back to itself adds nothing
      this.states.set(question, this.#computedState(question));
    }
    return this.states.get(question);
  }

  #both(number, innerUnknown = false) {
    return { mild: number, harsh: number, innerUnknown };
  }

  #computedState(question) {
    const { graph, kinds, works } = this;
    if (graph.kind[question] === kinds.lookup) {
      const inner = this.of(question);
      const number = inner.untold ? kUntold : this.#number(works[question] ? 'good' : 'servfail', inner.lo, inner.hi);
      return this.#both(number, inner.innerUnknown);
    }
    if (graph.kind[question] !== kinds.question) return this.#both(kGood);
    const resolver = membersOfNode(graph, question).find((member) => graph.kind[member] === kinds.resolver);
    if (resolver !== undefined && !works[resolver]) return this.#both(this.#number(this.#modeOfDead(resolver)));
    for (let gate = graph.gateBegin[question]; gate < graph.gateBegin[question + 1]; ++gate) {
      if (graph.needed[gate] > membersOf(graph, gate).length) return this.#both(this.#number('nxdomain'));
    }
    const upstreams = this.#upstreamsOf(question);
    if (upstreams.length > 0) return this.#stateOfForwarder(question, upstreams);
    if (works[question]) return this.#both(kGood);
    // The server is there and gets no answer itself. It says so at once or after a time of its own, for which the client may not wait.
    return { mild: this.#number('servfail'), harsh: this.#number('silent'), innerUnknown: false };
  }

  #stateOfForwarder(question, upstreams) {
    const states = Array.from(upstreams).map((one) => this.#stateOf(one));
    const innerUnknown = states.some((one) => one.innerUnknown);
    const works = this.works[question];
    const harshStates = states.map((one) => one.harsh);
    if (works && harshStates.every((one) => one === kGood)) return this.#both(kGood, innerUnknown);
    const seen = this.model.forwarders[this.model.questions.get(question)?.forwarder ?? 0];
    const mild = seen[states.map((one) => one.mild).join()];
    const harsh = seen[harshStates.join()];
    if (mild === undefined || harsh === undefined) return this.#both(kUntold, innerUnknown);
    if (mild && harsh) return { mild: mild[1], harsh: harsh[0], innerUnknown };
    if (works) return this.#both(kGood, true);
    return { mild: this.#number('servfail'), harsh: this.#number('silent'), innerUnknown: false };
  }

  /** The servers that a question is handed on to; none when it is answered otherwise. */
  #upstreamsOf(question) {
    const { graph, kinds } = this;
    const handedOn = (member) =>
      graph.kind[member] === kinds.lookup || (graph.kind[member] === kinds.question && graph.labels[member] === graph.labels[question]);
    for (let gate = graph.gateBegin[question]; gate < graph.gateBegin[question + 1]; ++gate) {
      const members = membersOf(graph, gate);
      if (members.some(handedOn)) return members;
    }
    return [];
  }

  #modeOfDead(resolver) {
    const serverMode = (mode) => (['closed', 'servfail', 'refused'].includes(mode) ? mode : 'silent');
    if (this.modes.has(resolver)) return serverMode(this.modes.get(resolver));
    const process = membersOfNode(this.graph, resolver).find((one) => this.graph.kind[one] === this.kinds.runs && this.modes.has(one));
    return process === undefined ? 'silent' : serverMode(this.modes.get(process));
  }
}

const addRange = (a, b) => ({ lo: a.lo + b.lo, hi: a.hi + b.hi, untold: a.untold || b.untold });
