// When somebody is locked out who lives on what is cached and held. analyzer/faults/lockout.h has the rules.

const kForever = Infinity;
const earlier = (a, b) => ({ known: Math.min(a.known, b.known), most: Math.min(a.most, b.most) });
const later = (a, b) => ({ known: Math.max(a.known, b.known), most: Math.max(a.most, b.most) });
const longer = (a, b) => ({ known: a.known + b.known, most: a.most + b.most });
const endsBefore = (a, b) => (a.known !== b.known ? a.known < b.known : a.most < b.most);
const sameEnd = (a, b) => a.known === b.known && a.most === b.most;

class Endings {
  /** `lost` are the nodes that do not work any more, ascending; `failed` those of them that are the cause. */
  constructor({ graph, state }, model, kinds, lost, failed) {
    Object.assign(this, { graph, state, model, kinds });
    this.endings = new Map(lost.map((node) => [node, { known: 0, most: 0, carried: [] }]));
    const causes = new Set(failed);
    let changed = true;
    for (let round = 0; changed && round < 32; ++round) {
      changed = false;
      for (let at = lost.length; at-- > 0;) {
        if (causes.has(lost[at])) continue;
        const now = this.#computed(lost[at]);
        if (sameEnd(now, this.endings.get(lost[at]))) continue;
        this.endings.set(lost[at], now);
        changed = true;
      }
    }
    if (changed) for (const one of this.endings.values()) one.most = kForever;
  }

  /** Undefined for a node that goes on. */
  of(node) {
    return this.endings.get(node);
  }

  #ofGate(gate) {
    const members = membersOf(this.graph, gate);
    const ending = [];
    for (const member of members) {
      if (this.state[member] === kNever)
        ending.push({ known: 0, most: 0, carried: [] }); // it was no help before either
      else if (this.endings.has(member)) ending.push(this.endings.get(member));
    }
    const spare = members.length - Math.min(this.graph.needed[gate], members.length);
    if (this.graph.needed[gate] === 0 || ending.length <= spare) return { known: kForever, most: kForever, carried: [] };
    const most = ending.map((one) => one.most).sort((a, b) => a - b)[spare];
    ending.sort((a, b) => (endsBefore(a, b) ? -1 : endsBefore(b, a) ? 1 : 0));
    return { ...ending[spare], most };
  }

  /** What comes from elsewhere, as opposed to the server itself and to the target of an alias. */
  #isSource(question, member) {
    const { graph, kinds } = this;
    if (graph.kind[member] === kinds.resolver) return false;
    return graph.kind[member] !== kinds.question || graph.labels[member] === graph.labels[question];
  }

  #computed(node) {
    const { graph, model, kinds } = this;
    const parts = { whole: { known: kForever, most: kForever, carried: [] }, source: { known: kForever, most: kForever, carried: [] } };
    const isQuestion = graph.kind[node] === kinds.question;
    for (let gate = graph.gateBegin[node]; gate < graph.gateBegin[node + 1]; ++gate) {
      const members = membersOf(graph, gate);
      const cached = isQuestion && members.length > 0 && this.#isSource(node, members[0]);
      takeEarlier(parts, cached ? 'source' : 'whole', this.#ofGate(gate));
    }
    const question = model.questions.get(node);
    if (parts.source.known !== kForever) parts.source = keptByCache(parts.source, question, node);
    takeEarlier(parts, 'whole', parts.source);
    const credential = model.uses.get(node)?.credential;
    if (!credential) return parts.whole;
    return { ...longer(parts.whole, credential), carried: carrying(parts.whole.carried, credential, 'credential', node) };
  }
}

/** Both ends bound the longest time each by itself; what is carried is that of the one that ends first as far as is known. */
function takeEarlier(parts, part, one) {
  const into = parts[part];
  parts[part] = { ...earlier(into, one), carried: endsBefore(one, into) ? one.carried : into.carried };
}

function carrying(carried, hold, kind, node) {
  return hold.most > 0 ? [...carried, { kind, node }] : carried;
}

function keptByCache(source, question, node) {
  if (!question?.answer) return { ...source, most: kForever }; // the name is not known, so its TTL is not either
  const kept = later(source, question.answer);
  let carried = question.answer.most > source.known ? [] : source.carried;
  if (!sameEnd(kept, source)) carried = carrying(carried, question.answer, 'answer', node);
  return { ...longer(kept, question.stale), carried: carrying(carried, question.stale, 'stale', node) };
}
