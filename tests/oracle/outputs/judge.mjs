// Reads files as other programs do: node judge.mjs FOLDER mermaid|graphml|cytoscape FILE...
// FOLDER holds node_modules. Prints a line a file, and ends with 1 when one of them cannot be read.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [folder, kind, ...files] = process.argv.slice(2);
const require = createRequire(folder + '/');

async function mermaid() {
  const { JSDOM } = require('jsdom');
  globalThis.window = new JSDOM('').window;
  globalThis.document = window.document;
  const judge = (await import(pathToFileURL(require.resolve('mermaid')))).default;
  judge.initialize({ startOnLoad: false });
  return async (text) => (await judge.parse(text)).diagramType;
}

async function graphml() {
  const { JSDOM } = require('jsdom');
  globalThis.DOMParser = new JSDOM('').window.DOMParser;
  globalThis.Document = new JSDOM('').window.Document;
  const { DirectedGraph } = require('graphology');
  const { parse } = require('graphology-graphml');
  return async (text) => {
    const graph = parse(DirectedGraph, text);
    return `${graph.order} nodes, ${graph.size} edges`;
  };
}

async function cytoscape() {
  const judge = require('cytoscape');
  return async (text) => {
    const graph = judge({ headless: true, elements: JSON.parse(text).elements });
    return `${graph.nodes(':childless').size()} nodes, ${graph.edges().size()} edges`;
  };
}

const read = await { mermaid, graphml, cytoscape }[kind]();
let failed = false;
for (const file of files) {
  try {
    console.log(`${await read(readFileSync(file, 'utf8'))}`);
  } catch (problem) {
    failed = true;
    console.log(`${file}: ${problem.message ?? problem}`);
  }
}
process.exit(failed ? 1 : 0);
