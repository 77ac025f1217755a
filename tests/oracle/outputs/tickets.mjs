// Holds recorded requests to the schemas that their systems publish: node tickets.mjs FOLDER github|jira REQUESTS
// FOLDER holds node_modules, REQUESTS one request a line. Prints how many were judged, and what does not conform; ends with 1 then.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [folder, system, file] = process.argv.slice(2);
const require = createRequire(folder + '/');
const requests = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));

/// GitHub: the body of every operation that takes one, by its description of the interface.
function github() {
  const Ajv = require('ajv').default;
  const ajv = new Ajv({ strict: false, validateFormats: false });
  const text = readFileSync(require.resolve('@octokit/openapi').replace(/index\.js$/, 'generated/api.github.com.json'), 'utf8');
  const api = JSON.parse(text, (key, value) => (key === 'nullable' ? undefined : value)); // a word of OpenAPI, not of JSON Schema
  ajv.addSchema(api, 'api');
  const templates = Object.keys(api.paths).map((path) => [path, new RegExp('^' + path.replace(/\{[^}]+\}/g, '[^/]+') + '$')]);
  return ({ method, path, body }) => {
    const template = templates.find(([, pattern]) => pattern.test(path));
    if (!template) return [`${method} ${path} is no operation`];
    const operation = api.paths[template[0]][method.toLowerCase()];
    if (!operation) return [`${method} ${path} is no operation`];
    if (!operation.requestBody) return null;
    const escaped = template[0].replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
    const judge = ajv.compile({ $ref: `api#/paths/${escaped}/${method.toLowerCase()}/requestBody/content/application~1json/schema` });
    return judge(body) ? [] : judge.errors.map((one) => `${method} ${path}: ${one.instancePath} ${one.message}`);
  };
}

/// Jira Cloud: every document, by the schema of the Atlassian Document Format.
function jira() {
  const Ajv = require('ajv-draft-04').default;
  const judge = new Ajv({ strict: false }).compile(require('@atlaskit/adf-schema/json-schema/v1/full.json'));
  return ({ body }) => {
    const document = body.fields?.description ?? body.body;
    if (document === undefined) return null;
    return judge(document) ? [] : judge.errors.map((one) => `${one.instancePath} ${one.message}`);
  };
}

const judge = { github, jira }[system]();
const verdicts = requests.map(judge).filter(Boolean);
const wrong = verdicts.flat();
console.log(`${verdicts.length} judged`, ...wrong.slice(0, 5));
process.exit(wrong.length > 0 || verdicts.length === 0 ? 1 : 0);
