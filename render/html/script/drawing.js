// What stands on the map: frames, lines, boxes and their signs.

function drawnFrame({ name, low, high }) {
  return svgEl(
    'g',
    { class: 'frame-box' },
    svgEl('title', {}, name),
    svgEl('rect', { x: low[0], y: low[1], width: high[0] - low[0], height: high[1] - low[1], rx: 8 }),
    svgEl('text', { x: low[0] + 8, y: low[1] + 14 }, shortened(name, Math.floor((high[0] - low[0]) / 6))),
  );
}

/** A line with its tip. */
function drawnNeed(things, { from, to, alternative, label, curve }) {
  const path = curve.length < 8 ? '' : `M${curve[0]} ${curve[1]}C${curve.slice(2).join(' ')}`;
  const [x, y] = curve.slice(-2);
  const [bx, by] = curve.slice(-4, -2);
  const angle = (Math.atan2(y - by, x - bx) * 180) / Math.PI;
  return svgEl(
    'g',
    { class: `need${alternative ? ' alternative' : ''}` },
    svgEl(
      'title',
      {},
      `${things[from].lines[0]} needs ${label || (alternative ? 'one of several' : '')}${label || alternative ? ': ' : ''}${things[to].lines[0]}`,
    ),
    svgEl('path', { class: 'line', d: path }),
    svgEl('path', { class: 'tip', transform: `translate(${x} ${y}) rotate(${angle})`, d: 'M0 0l-7-3v6z' }),
  );
}

/** "any of 2", once where the alternatives part. */
function drawnPills({ things, needs }) {
  const said = new Set();
  return needs
    .filter(({ from, label, alternative }) => label && alternative && !said.has(`${from} ${label}`) && said.add(`${from} ${label}`))
    .map(({ from, label }) => {
      const thing = things[from];
      const width = measure(label, kSmallFont) + 12;
      return svgEl(
        'g',
        { class: 'pill', transform: `translate(${thing.x + thing.w / 2 + width / 2 + 5} ${thing.y})` },
        svgEl('rect', { x: -width / 2, y: -7, width, height: 14, rx: 7 }),
        svgEl('text', { y: 3.5, 'text-anchor': 'middle' }, label),
      );
    });
}

/** A box with its label and marks, and room for how it stands. */
function drawnThing(thing, at) {
  const classes = [
    'thing',
    thing.severity && `marked ${thing.severity}`,
    thing.single && 'single',
    thing.inherent && 'inherent',
    !thing.described && 'undescribed',
  ]
    .filter(Boolean)
    .join(' ');
  const many =
    thing.parts.length > 1 ? svgEl('path', { class: 'behind', d: outlineOf(0, thing.w, thing.h), transform: 'translate(4 4)' }) : null;
  let y = -thing.h / 2 + 17;
  const lines = thing.lines.map((line, row) => {
    const text = svgEl('text', { class: row === 0 ? 'label' : 'small', y, 'text-anchor': 'middle' }, shortened(line || '–', 34));
    y += kLineHeight;
    return text;
  });
  const marked = (sign, words) => {
    const width = measure(words, kSmallFont) + 18;
    sign.setAttribute('transform', `translate(${-width / 2 + 6} ${y - 3.5})`);
    const group = svgEl('g', {}, sign, svgEl('text', { class: 'badge', x: -width / 2 + 17, y }, words));
    y += kLineHeight;
    return group;
  };
  if (thing.severity) lines.push(marked(severitySign(thing.severity), badgeOf(thing)));
  if (thing.single) lines.push(marked(singleFaultSign(), 'single fault'));
  return svgEl(
    'g',
    {
      class: classes,
      role: 'button',
      tabindex: at === 0 ? 0 : -1,
      'data-at': at,
      'data-node': thing.node,
      transform: `translate(${thing.x} ${thing.y})`,
    },
    many,
    svgEl('path', { class: 'box', d: outlineOf(thing.layer, thing.w, thing.h) }),
    lines,
    svgEl('g', { class: 'status' }),
  );
}

function singleFaultSign() {
  return svgEl('g', { class: 'ring' }, svgEl('path', { d: 'M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0m1.4-3.1l6.2 6.2' }));
}

/** Every layer has an outline of its own; the origin is the middle. */
function outlineOf(layer, w, h) {
  const [x, y, c] = [w / 2, h / 2, 8];
  switch (layer) {
    case 0:
      return `M${-x + 6} ${-y}h${w - 12}q6 0 6 6v${h - 12}q0 6-6 6h${-(w - 12)}q-6 0-6-6v${-(h - 12)}q0-6 6-6z`;
    case 1:
      return `M${-x} 0L${-x + c} ${-y}H${x - c}L${x} 0L${x - c} ${y}H${-x + c}z`;
    case 2:
      return `M${-x + y} ${-y}H${x - y}A${y} ${y} 0 0 1 ${x - y} ${y}H${-x + y}A${y} ${y} 0 0 1 ${-x + y} ${-y}z`;
    case 3:
      return `M${-x} ${-y}h${w}v${h}h${-w}zM${-x + 5} ${-y}v${h}`;
    case 4:
      return `M${-x} ${-y}h${w}v${h}h${-w}zM${-x + 5} ${-y}v${h}M${x - 5} ${-y}v${h}`;
    case 5:
      return `M${-x} ${-y}H${x - c}L${x} ${-y + c}V${y}H${-x}z`;
    case 6:
      return `M${-x} ${-y}h${w}v${h}h${-w}z`;
    default:
      return `M${-x} ${-y + c}L${-x + c} ${-y}H${x - c}L${x} ${-y + c}V${y - c}L${x - c} ${y}H${-x + c}L${-x} ${y - c}z`;
  }
}

/** The sign and word of a standing, on the upper edge of a thing. */
function statusOf(thing, { standing, words }) {
  const width = measure(words, kSmallFont) + 28;
  return [
    svgEl('rect', { x: -width / 2, y: -thing.h / 2 - 15, width, height: 18, rx: 9 }),
    standingSign(standing, { transform: `translate(${-width / 2 + 11} ${-thing.h / 2 - 6}) scale(.85)` }),
    svgEl('text', { x: -width / 2 + 20, y: -thing.h / 2 - 2.5 }, words),
  ];
}

function ariaOf(thing, standing) {
  return [
    `${thing.kind || kLayers[thing.layer]} ${thing.lines.join(', ')}`,
    thing.severity && `${thing.severity} finding: ${thing.rules.join(', ')}`,
    thing.single && 'single fault',
    thing.inherent && 'inherent',
    !thing.described && 'not described here',
    standing?.words,
  ]
    .filter(Boolean)
    .join('; ');
}

function legend() {
  const row = (sign, words) => el('li', {}, inline(sign), ` ${words}`);
  const box = (extra) =>
    svgEl('g', { class: `thing ${extra}` }, svgEl('rect', { class: 'box', x: -6, y: -4, width: 12, height: 8, rx: 2 }));
  return el(
    'ul',
    { class: 'legend' },
    [...kSeverities].reverse().map((one) => row(severitySign(one), `${one} finding`)),
    row(singleFaultSign(), 'single fault: its lone failure locks somebody out'),
    row(box('inherent'), 'inherent: nobody here can double it'),
    row(box('undescribed'), 'asked, but not described here'),
    row(svgEl('path', { class: 'line', d: 'M-7 0H7' }), 'needs'),
    row(svgEl('path', { class: 'line dashed', d: 'M-7 0H7' }), 'needs one of several'),
    Object.entries(kStandingWords).map(([standing, words]) => row(standingSign(standing), words)),
  );
}
