// What is failed, and how everything stands then.

class Failing {
  constructor(page, panel) {
    this.page = page;
    this.faults = new Map();
    this.state = null;
    this.thing = el('div', { class: 'thing-looked-at' });
    this.chips = el('ul', { class: 'chips' });
    this.headline = el('p', { class: 'answer', role: 'status', 'aria-live': 'polite' });
    this.lists = el('div', { class: 'lists' });
    this.start = this.#worst();
    panel.append(el('h3', {}, 'What if'), this.headline, this.chips, this.start, this.lists, this.thing);
    this.update();
  }

  isEmpty() {
    return this.faults.size === 0;
  }

  toggle(node) {
    if (!this.faults.delete(node)) this.faults.set(node, this.page.whatIf.modesOf(node)[0]);
    this.update();
  }

  set(faults) {
    this.faults = new Map(faults.map(({ node, mode }) => [node, mode]));
    this.update();
  }

  clear() {
    this.set([]);
  }

  update() {
    const { whatIf } = this.page;
    const faults = [...this.faults].map(([node, mode]) => ({ node, mode })).sort((a, b) => a.node - b.node);
    this.state = faults.length === 0 ? null : whatIf.evaluate(faults);
    this.outcomeOf = new Map(this.state?.outcomes.map((one) => [one.node, one]));
    this.#chips(faults);
    this.headline.textContent = this.state ? headlineOf(this.state) : 'Nothing is failed.';
    this.start.hidden = this.state !== null;
    this.lists.replaceChildren(...(this.state ? answerLists(this.page, this.state) : []));
    this.page.map?.view && this.page.map.paint(this.state);
    if (this.looked) this.look(this.looked);
    writeFragment(this.page, faults);
  }

  /** Null when nothing is to be said of a node. */
  standingOf(node) {
    const { state } = this;
    if (state === null || node < 0) return null;
    const outcome = this.outcomeOf.get(node);
    const near = state.near[node] === 1;
    if (this.faults.has(node)) return { standing: 'failed', near: true, words: this.faults.get(node) };
    if (outcome) {
      const silent = outcome.standing === 'fine' || ((outcome.standing === 'unknown' || outcome.standing === 'lost-anyway') && !near);
      return {
        standing: outcome.standing,
        near: near || !silent,
        words: silent ? (near ? 'goes on' : '') : kStandingWords[outcome.standing].split(/[:;]/)[0],
      };
    }
    if (this.page.whatIf.points.state[node] !== kNever && !state.works[node]) return { standing: 'now', near: true, words: 'lost' };
    const wrong = state.wrong.of(node);
    if (!isNone(wrong)) return { standing: 'degraded', near: true, words: `${shareWords(wrong)} wrong` };
    return { standing: near ? 'fine' : '', near, words: near ? 'goes on' : '' };
  }

  #worst() {
    const { whatIf } = this.page;
    const rows = whatIf.model.worst;
    return el(
      'div',
      { class: 'worst' },
      el(
        'p',
        {},
        rows.length > 0
          ? 'Choose “fails it” above and click things on the map, or start with the single faults that take access from most workloads:'
          : 'Choose “fails it” above and click things on the map. No single fault that somebody here could mend takes anything away.',
      ),
      el(
        'ul',
        {},
        rows.map(([node, lost]) =>
          el(
            'li',
            {},
            button(
              [inline(standingSign('failed')), `Fail ${whatIf.named(node)}`],
              () => {
                this.toggle(node);
                this.headline.scrollIntoView({ block: 'nearest' });
              },
              { class: 'link' },
            ),
            el('span', { class: 'faint' }, ` ${number.format(lost)} of ${number.format(whatIf.model.goals.length)}`),
          ),
        ),
      ),
    );
  }

  #chips(faults) {
    const { whatIf } = this.page;
    this.chips.replaceChildren(
      ...faults.map(({ node, mode }) => {
        const modes = whatIf.modesOf(node);
        const choose = el(
          'select',
          {
            'aria-label': `How ${whatIf.named(node)} is faulty`,
            on: {
              change: () => {
                this.faults.set(node, choose.value);
                this.update();
                this.chips.querySelector(`[data-node="${node}"] select`)?.focus();
              },
            },
          },
          modes.map((one) => el('option', { value: one, selected: one === mode }, one)),
        );
        return el(
          'li',
          { 'data-node': node },
          inline(standingSign('failed')),
          el('span', { class: 'break' }, ` ${whatIf.named(node)} `),
          choose,
          button('Mend', () => this.toggle(node), { 'aria-label': `Mend ${whatIf.named(node)}` }),
        );
      }),
      ...(faults.length > 1
        ? [
            el(
              'li',
              {},
              button('Mend everything', () => this.clear()),
            ),
          ]
        : []),
      ...(faults.length > 0
        ? [
            el(
              'li',
              {},
              button('Show who is reached', () => this.page.showReach(faults.map((one) => one.node))),
            ),
          ]
        : []),
    );
  }

  /** Says what is known of a thing of the map. */
  look(thing) {
    this.looked = thing;
    this.thing.replaceChildren(
      el('h3', {}, thing.parts.length > 1 ? `${thing.lines[0]} and ${thing.parts.length - 1} more` : thing.lines.join(' · ')),
      ...knownOf(this.page, thing),
    );
  }
}
