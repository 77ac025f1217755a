// Where things stand: layers from left to right, neighbours beside each other. For parts of the map; the first drawing comes laid out.

const kGapX = 64;
const kGapY = 14;

/** Sets x and y, the centres, of `things`, which have layer, cluster, w and h. `needs` are {from, to}. */
function layOut(things, needs) {
  const columns = columnsOf(things);
  const neighbours = things.map(() => []);
  for (const { from, to } of needs) {
    neighbours[from].push(to);
    neighbours[to].push(from);
  }
  const position = new Float64Array(things.length);
  for (const column of columns)
    column.forEach((at, row) => {
      position[at] = row - column.length / 2;
    });
  for (let sweep = 0; sweep < 8; ++sweep) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) sortColumn(column, things, neighbours, position);
  }
  let x = 0;
  for (const column of columns) {
    const width = Math.max(...column.map((at) => things[at].w));
    placeColumn(column, things, x + width / 2);
    x += width + kGapX;
  }
}

/** Indices of things, layer by layer, in the order of their clusters and names. */
function columnsOf(things) {
  const layers = new Map();
  things.forEach((thing, at) => layers.set(thing.layer, [...(layers.get(thing.layer) ?? []), at]));
  return [...layers]
    .sort(([a], [b]) => a - b)
    .map(([, column]) => column.sort((a, b) => things[a].cluster.localeCompare(things[b].cluster, 'en') || a - b));
}

/** By the mean of the neighbours' positions, clusters kept together. */
function sortColumn(column, things, neighbours, position) {
  const mean = (at) =>
    neighbours[at].length === 0 ? position[at] : neighbours[at].reduce((sum, one) => sum + position[one], 0) / neighbours[at].length;
  const own = new Map(column.map((at) => [at, mean(at)]));
  const clusters = new Map();
  for (const at of column) {
    const key = things[at].cluster || `alone ${at}`;
    clusters.set(key, [...(clusters.get(key) ?? []), at]);
  }
  const of = (members) => members.reduce((sum, at) => sum + own.get(at), 0) / members.length;
  const sorted = [...clusters.values()]
    .sort((a, b) => of(a) - of(b) || a[0] - b[0])
    .flatMap((members) => members.sort((a, b) => own.get(a) - own.get(b) || a - b));
  sorted.forEach((at, row) => {
    column[row] = at;
    position[at] = row - sorted.length / 2;
  });
}

function placeColumn(column, things, x) {
  const height = column.reduce((sum, at) => sum + things[at].h + kGapY, -kGapY);
  let y = -height / 2;
  for (const at of column) {
    things[at].x = x;
    things[at].y = y + things[at].h / 2;
    y += things[at].h + kGapY;
  }
}

/** A line from the right side of one thing to the left side of another; around, where that lies behind it. */
function curveBetween(from, to) {
  const forward = to.x - to.w / 2 > from.x + from.w / 2;
  const x1 = from.x + from.w / 2;
  const x2 = forward ? to.x - to.w / 2 : to.x + to.w / 2;
  const bend = forward ? Math.max(30, (x2 - x1) / 2) : 45;
  return [x1, from.y, x1 + bend, from.y, forward ? x2 - bend : x2 + bend, to.y, x2, to.y];
}
