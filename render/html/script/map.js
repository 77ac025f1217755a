// The map: drawn, moved, and walked by keys.

const kLeast = 0.05;
const kMost = 4;

class DependencyMap {
  constructor(page) {
    this.page = page;
    this.pictures = new Pictures(page.data.map, page.texts);
    this.layer = svgEl('g', {});
    this.svg = svgEl('svg', { class: 'stage', role: 'group', 'aria-label': 'Dependency map', 'aria-describedby': 'map-keys' }, this.layer);
    this.note = el('p', { class: 'faint note' });
    this.panel = el('div', { class: 'panel' });
    this.scale = { x: 0, y: 0, k: 1 };
    this.onScreen = null; // how it was moved, while it is on paper
    this.at = 0;
    this.fails = false;
    this.toolbar = this.#toolbar();
    this.#listen();
  }

  section() {
    return el(
      'section',
      { id: 'map', 'aria-labelledby': 'map-title' },
      el('h2', { id: 'map-title' }, 'Map, and what if'),
      el('p', { class: 'faint' }, 'What sign-in needs, from left to right. Fail a thing and the page works out who loses access.'),
      this.toolbar,
      el('div', { class: 'map-and-panel' }, el('div', { class: 'frame' }, this.svg, this.note, this.#keys()), this.panel),
    );
  }

  start() {
    this.show(this.pictures.summary());
    new ResizeObserver(() => {
      if (!this.moved && !this.onScreen) this.fitWidth();
    }).observe(this.svg);
  }

  show(view) {
    this.view = view;
    this.at = 0;
    this.note.textContent = view.note ? `${view.note[0].toUpperCase()}${view.note.slice(1)}.` : '';
    this.whole.hidden = view.of === null;
    this.#draw();
    this.paint(this.page.failing?.state ?? null);
    this.fitWidth();
  }

  showAround(parts) {
    this.starts = parts;
    this.show(this.pictures.around(parts, Number(this.depth.value), this.direction.value));
    const at = this.view.things.findIndex((thing) => thing.parts.includes(parts[0]));
    if (at >= 0) this.#moveTo(at, false);
  }

  // ---- drawing

  #draw() {
    const { things, needs, frames } = this.view;
    const headings = new Map();
    for (const thing of things) headings.set(thing.layer, Math.min(headings.get(thing.layer) ?? Infinity, thing.x));
    const top = Math.min(...things.map((one) => one.y - one.h / 2), ...frames.map((one) => one.low[1])) - 14;
    this.needEls = needs.map((need) => drawnNeed(things, need));
    this.thingEls = things.map(drawnThing);
    this.layer.replaceChildren(
      ...frames.map(drawnFrame),
      ...this.needEls,
      ...drawnPills(this.view),
      ...this.thingEls,
      ...[...headings].map(([layer, x]) => svgEl('text', { class: 'heading', x, y: top, 'text-anchor': 'middle' }, kHeadings[layer])),
    );
  }

  /** How everything on the map stands; null when nothing is faulty. */
  paint(state) {
    this.svg.classList.toggle('what-if', state !== null);
    this.view.things.forEach((thing, at) => {
      const standing = state === null ? null : this.#standingOf(thing, state);
      const element = this.thingEls[at];
      const status = element.querySelector('.status');
      status.setAttribute('class', `status ${standing?.standing ?? ''}`);
      status.replaceChildren(...(standing?.words ? statusOf(thing, standing) : []));
      element.classList.toggle('far', standing !== null && !standing.near);
      element.setAttribute('data-standing', standing?.standing ?? '');
      element.setAttribute('aria-label', ariaOf(thing, standing));
      element.setAttribute('aria-pressed', standing?.standing === 'failed');
    });
    this.view.needs.forEach((need, at) => {
      const gone = (thing) =>
        ['failed', 'now', 'later', 'lost-anyway', 'time-out'].includes(this.thingEls[thing].getAttribute('data-standing'));
      this.needEls[at].classList.toggle('cut', state !== null && gone(need.to));
      this.needEls[at].classList.toggle('far', state !== null && !this.thingEls[need.to].getAttribute('data-standing'));
    });
  }

  /** The worst of what the thing stands for. */
  #standingOf(thing, state) {
    const all = thing.parts.map((part) => this.page.failing.standingOf(this.pictures.nodes[part].node)).filter((one) => one !== null);
    const order = ['failed', ...kStandings];
    const worst = all.sort((a, b) => order.indexOf(a.standing) - order.indexOf(b.standing))[0];
    if (!worst) return { near: false, standing: '', words: '' };
    const same = all.filter((one) => one.standing === worst.standing).length;
    return { ...worst, words: worst.words && thing.parts.length > 1 ? `${worst.words}: ${same} of ${thing.parts.length}` : worst.words };
  }

  // ---- moving

  /** The whole of it. */
  fit() {
    this.#fitted(Math.min);
  }

  /** As wide as the stage, from the top on: a tall map can be read then. */
  fitWidth() {
    this.#fitted((across) => Math.min(across, 1));
  }

  #fitted(choose) {
    const { width, height } = this.svg.getBoundingClientRect();
    if (width === 0 || this.view.things.length === 0) return;
    const box = this.layer.getBBox();
    const k = Math.min(kMost / 2, Math.max(kLeast, choose((width - 24) / box.width, (height - 24) / box.height)));
    const room = height - box.height * k;
    this.#set({ k, x: (width - box.width * k) / 2 - box.x * k, y: (room > 0 ? room / 2 : 12) - box.y * k });
    this.moved = false;
  }

  /** All of the drawing in whatever room the paper gives it. */
  toPaper() {
    this.onScreen ??= { scale: this.scale, moved: this.moved };
    this.layer.removeAttribute('transform');
    const { x, y, width, height } = this.layer.getBBox();
    this.svg.setAttribute('viewBox', `${x - 4} ${y - 4} ${width + 8} ${height + 8}`);
  }
  fromPaper() {
    if (!this.onScreen) return;
    const { scale, moved } = this.onScreen;
    this.onScreen = null;
    this.svg.removeAttribute('viewBox');
    this.#set(scale);
    this.moved = moved;
  }

  /** Around a point of the stage; its middle when none is given. */
  zoom(factor, point = null) {
    const { width, height } = this.svg.getBoundingClientRect();
    const [px, py] = point ?? [width / 2, height / 2];
    const k = Math.min(kMost, Math.max(kLeast, this.scale.k * factor));
    const by = k / this.scale.k;
    this.#set({ k, x: px - (px - this.scale.x) * by, y: py - (py - this.scale.y) * by });
  }

  #set(scale) {
    this.scale = scale;
    this.moved = true;
    this.layer.setAttribute('transform', `translate(${scale.x} ${scale.y}) scale(${scale.k})`);
    this.svg.setAttribute('data-zoom', scale.k.toFixed(3));
  }

  #moveTo(at, focus = true) {
    this.thingEls[this.at]?.setAttribute('tabindex', -1);
    this.at = at;
    const element = this.thingEls[at];
    element.setAttribute('tabindex', 0);
    if (!focus) return;
    element.focus({ preventScroll: true });
    const { width, height } = this.svg.getBoundingClientRect();
    const thing = this.view.things[at];
    const [x, y] = [thing.x * this.scale.k + this.scale.x, thing.y * this.scale.k + this.scale.y];
    const margin = 40;
    const dx = x < margin ? margin - x : x > width - margin ? width - margin - x : 0;
    const dy = y < margin ? margin - y : y > height - margin ? height - margin - y : 0;
    if (dx !== 0 || dy !== 0) this.#set({ ...this.scale, x: this.scale.x + dx, y: this.scale.y + dy });
  }

  /** The nearest thing in a direction: along a line where there is one, else by place. */
  #neighbour(key) {
    const { things } = this.view;
    const own = things[this.at];
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key];
    const linked = new Set(this.view.needs.flatMap(({ from, to }) => (from === this.at ? [to] : to === this.at ? [from] : [])));
    let best = -1;
    let least = Infinity;
    things.forEach((thing, at) => {
      const along = dx * (thing.x - own.x) + dy * (thing.y - own.y);
      const aside = Math.abs(dy * (thing.x - own.x)) + Math.abs(dx * (thing.y - own.y));
      if (at === this.at || along <= (dx !== 0 ? own.w / 4 : 0)) return;
      const far = along + aside * 2 - (dx !== 0 && linked.has(at) ? 1e6 : 0);
      if (far < least) [least, best] = [far, at];
    });
    return best;
  }

  // ---- what a person does

  #listen() {
    const thingAt = (event) => event.target.closest?.('.thing');
    this.svg.addEventListener('click', (event) => {
      const element = thingAt(event);
      if (!element || this.dragged) return;
      this.#moveTo(Number(element.dataset.at));
      this.#act(this.fails);
    });
    this.svg.addEventListener('keydown', (event) => this.#key(event));
    this.svg.addEventListener('focusin', (event) => {
      if (thingAt(event)) this.at = Number(thingAt(event).dataset.at);
    });
    this.svg.addEventListener(
      'wheel',
      (event) => {
        if (!event.ctrlKey && !event.metaKey && !this.svg.contains(document.activeElement)) return; // the page scrolls until the map is entered
        event.preventDefault();
        const { left, top } = this.svg.getBoundingClientRect();
        this.zoom(Math.exp(-event.deltaY / 400), [event.clientX - left, event.clientY - top]);
      },
      { passive: false },
    );
    this.svg.addEventListener('pointerdown', (event) => {
      this.dragged = false;
      this.grip = { x: event.clientX - this.scale.x, y: event.clientY - this.scale.y, from: [event.clientX, event.clientY] };
    });
    window.addEventListener('pointermove', (event) => {
      if (!this.grip) return;
      if (Math.hypot(event.clientX - this.grip.from[0], event.clientY - this.grip.from[1]) < 4 && !this.dragged) return;
      this.dragged = true;
      this.#set({ ...this.scale, x: event.clientX - this.grip.x, y: event.clientY - this.grip.y });
    });
    window.addEventListener('pointerup', () => {
      this.grip = null;
    });
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      Enter: () => this.#act(this.fails),
      ' ': () => this.#act(this.fails),
      f: () => this.#act(true),
      o: () => this.showAround(this.view.things[this.at].parts),
      '+': () => this.zoom(1.25),
      '=': () => this.zoom(1.25),
      '-': () => this.zoom(0.8),
      0: () => this.fit(),
      Escape: () => (this.page.failing.isEmpty() ? this.show(this.pictures.summary()) : this.page.failing.clear()),
      Home: () => this.#moveTo(0),
      End: () => this.#moveTo(this.thingEls.length - 1),
    };
    if (event.key.startsWith('Arrow')) {
      const next = this.#neighbour(event.key);
      if (next >= 0) this.#moveTo(next);
    } else if (keys[event.key]) keys[event.key]();
    else return;
    event.preventDefault();
    if (event.key === 'Escape' || event.key === 'o') this.thingEls[this.at]?.focus({ preventScroll: true });
  }

  #act(fails) {
    const thing = this.view.things[this.at];
    if (fails && thing.parts.length === 1 && this.page.whatIf.modesOf(thing.node).length > 0) this.page.failing.toggle(thing.node);
    this.page.failing.look(thing);
  }

  #toolbar() {
    const mode = (value, words, checked) =>
      el(
        'label',
        { class: 'toggle' },
        el('input', {
          type: 'radio',
          name: 'click',
          value,
          checked,
          on: {
            change: () => {
              this.fails = value === 'fail';
              this.svg.classList.toggle('fails', this.fails);
            },
          },
        }),
        ` ${words}`,
      );
    const again = () => {
      if (this.view.of !== null) this.showAround(this.starts);
    };
    const options = (rows) => rows.map(([value, words, selected]) => el('option', { value, selected }, words));
    this.depth = el(
      'select',
      { on: { change: again } },
      options([
        ['1', '1 step'],
        ['2', '2 steps', true],
        ['3', '3 steps'],
        ['4', '4 steps'],
        ['0', 'all'],
      ]),
    );
    this.direction = el(
      'select',
      { on: { change: again } },
      options([
        ['both', 'both ways'],
        ['up', 'what it needs'],
        ['down', 'who needs it'],
      ]),
    );
    this.whole = button('Whole map', () => this.show(this.pictures.summary()), { class: 'whole' });
    return el(
      'div',
      { class: 'toolbar', role: 'toolbar', 'aria-label': 'Map' },
      el('fieldset', {}, el('legend', {}, 'A click'), mode('look', 'looks', true), mode('fail', 'fails it', false)),
      el(
        'span',
        { class: 'buttons' },
        button('−', () => this.zoom(0.8), { 'aria-label': 'Zoom out' }),
        button('+', () => this.zoom(1.25), { 'aria-label': 'Zoom in' }),
        button('Fit', () => this.fit()),
      ),
      el('label', {}, 'Focus shows ', this.depth),
      el('label', {}, el('span', { class: 'hidden' }, 'Direction '), this.direction),
      this.whole,
    );
  }

  #keys() {
    return el(
      'details',
      { class: 'keys' },
      el('summary', {}, 'Signs and keys'),
      legend(),
      el(
        'p',
        { id: 'map-keys' },
        'Arrow keys move among things; Enter or Space looks at one, F fails it or mends it, O shows what is around it; plus, minus and 0 zoom; Escape mends everything, then shows the whole map. Drag to move; once the map is entered, the wheel zooms.',
      ),
    );
  }
}
