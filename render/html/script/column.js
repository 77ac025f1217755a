'use strict';
// Columns of whole numbers, as render/html/page_column.h packs them.

function unpacked(text) {
  const octets = atob(text);
  let at = 0;
  const next = () => {
    let number = 0;
    for (let scale = 1; ; scale *= 128) {
      const octet = octets.charCodeAt(at++);
      number += (octet & 127) * scale;
      if (octet < 128) return number;
    }
  };
  const all = [];
  let last = 0;
  while (at < octets.length) {
    const entry = next();
    const zigzag = Math.floor(entry / 2);
    const difference = zigzag % 2 === 1 ? -(zigzag + 1) / 2 : zigzag / 2;
    for (let left = entry % 2 === 1 ? next() : 1; left > 0; --left) all.push((last += difference));
  }
  return all;
}

/** Rows again from their columns, each made by `make` of its numbers. */
function unpackedRows(columns, make) {
  const all = columns.map(unpacked);
  return all[0].map((_, row) => make(...all.map((column) => column[row])));
}
