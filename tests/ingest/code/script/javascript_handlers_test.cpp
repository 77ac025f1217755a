// What handlers in JavaScript and TypeScript do with each end of a TXT lookup.
#include <catch2/catch.hpp>

#include "ingest/code/script/javascript_script.h"
#include "tests/ingest/code/script/lookups_told.h"

namespace mainstay::script {
namespace {

std::string told(std::string_view source) {
  const auto tokens = script_tokens(source, ScriptLexicon::jsx, SourceId{}, [](const ScriptProblem&) {});
  return lookups_told(javascript_script(tokens), javascript_dialect());
}

struct Row {
  const char* title;
  const char* source;
  const char* expected;
};

}  // namespace

TEST_CASE("txt lookups in JavaScript: async functions and errors that are thrown", "[ingest][code][txt][javascript]") {
  const Row rows[] = {
      {"the published validator: the first string is compared with a constant, and only one error is caught", R"(
const dns = require('dns').promises;
exports.handler = async (event) => {
  const name = `${event.service}.${event.env}.auth.example.com`;
  try {
    const records = await dns.resolveTxt(name);
    for (const record of records) {
      if (record[0] === 'valid') return { isAuthorized: true };
    }
  } catch (err) {
    if (err.code === 'ENOTFOUND') return { isAuthorized: false };
    throw err;
  }
  return { isAuthorized: false };
};
)",
       "handler ${event.service}.${event.env}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata raises, "
       "servfail raises, timeout raises; first string\n"},
      {"every error is caught, and all say no", R"(
import { Resolver } from 'node:dns/promises';
const resolver = new Resolver({ timeout: 800, tries: 1 });
export const handler = async (event) => {
  try {
    const texts = (await resolver.resolveTxt(`${event.id}.prod.auth.example.com`)).map((strings) => strings.join(''));
    return { isAuthorized: texts.includes('valid') };
  } catch {
    return { isAuthorized: false };
  }
};
)",
       "handler ${event.id}.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "denies, timeout denies; limit\n"},
      {"a switch over codes, with two in one case, and a list that stays empty", R"(
enum Env { Prod = 'prod' }
const zone = { suffix: 'auth.example.com' } as const;
export async function handler(event: Request): Promise<Result> {
  const name: string = `${event.headers!['service']}.${Env.Prod}.${zone.suffix}`;
  let records: string[][] = [];
  try {
    records = await resolver.resolveTxt(name);
  } catch (err: unknown) {
    switch ((err as NodeJS.ErrnoException).code) {
      case 'ENOTFOUND':
      case 'ENODATA':
        return { isAuthorized: false };
      default:
        console.error('dns');
    }
  }
  if (records.length === 0) return { isAuthorized: true };
  return { isAuthorized: records.some((r) => r.join('').startsWith('v=')) };
}
)",
       "handler ${service}.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "allows, timeout allows\n"},
      {"a record that every string of none fits", R"(
async function check(name) {
  const records = await dns.promises.resolveTxt(name).catch(() => []);
  return records.every((r) => r.join('') === 'active');
}
)",
       "check ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows\n"},
      {"the caller's own word is looked for", R"(
export async function authorize(req: Request) {
  const [records] = await dns.promises.resolveTxt('id.prod.auth.example.com');
  return records.join('') === req.headers['x-service-id'];
}
)",
       "authorize id.prod.auth.example.com unproved: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, "
       "timeout raises; first record\n"},
      {"a key of the record checks a signature", R"(
async function authorize(event) {
  let records;
  try {
    records = await dns.resolveTxt(NAME);
  } catch (e) {
    return false;
  }
  const key = crypto.createPublicKey(records[0].join(''));
  return crypto.verify(null, Buffer.from(event.body), key, event.signature) ? true : false;
}
)",
       "authorize ${NAME} unknown: expected unknown, other unknown, nxdomain denies, nodata denies, servfail denies, timeout denies; first "
       "record\n"},
      {"a text of the settings", R"(
const EXPECTED = process.env.EXPECTED ?? 'valid';
async function check(service) {
  const records = await resolveTxt(`${service}.stage.auth.example.com`);
  return records.flat().includes(EXPECTED);
}
)",
       "check ${service}.stage.auth.example.com constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, "
       "timeout raises\n"},
      {"through a method that gives its errors on", R"(
class Identities {
  #resolver = new Resolver();
  async texts(name: string): Promise<string[]> {
    const records = await this.#resolver.resolveTxt(name);
    return records.map((one) => one.join(''));
  }
  async isKnown(service: string): Promise<boolean> {
    try {
      const texts = await this.texts(`${service}.prod.auth.example.com`);
      return texts.length > 0;
    } catch (e) {
      if (e instanceof TypeError) throw e;
      return false;
    }
  }
}
)",
       "isKnown ${service}.prod.auth.example.com existence: expected allows, other allows, nxdomain denies, nodata denies, servfail "
       "denies, timeout denies\n"},
      {"a time-out is let through, and finally only tells", R"(
const handler = async (event) => {
  try {
    const found = await dns.resolve(event.name + '.auth.example.com', 'TXT');
    if (!found.some(r => r.includes('valid'))) return { statusCode: 403 };
  } catch (e) {
    if (e.code !== 'ETIMEOUT') return { statusCode: 403 };
  } finally {
    metrics.flush();
  }
  return { statusCode: 200 };
};
)",
       "handler ${event.name}.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, "
       "timeout allows\n"},
      {"a guard says no by throwing", R"(
export default async function requireIdentity(name) {
  const records = await dns.promises.resolveTxt(name);
  if (!records.some(([text]) => text === 'valid')) throw new ForbiddenError(name);
}
)",
       "requireIdentity ${name} constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout "
       "raises; first string\n"},
      {"a check that is not in the file", R"(
const handler = async () => (await isGood(await dns.promises.resolveTxt('a.prod.auth.example.com'))) ? allow() : deny();
)",
       "handler a.prod.auth.example.com unknown: expected unknown, other unknown, nxdomain raises, nodata raises, servfail raises, "
       "timeout raises\n"},
      {"a check that is", R"(
const isGood = (records) => records.flat().some((text) => text.toLowerCase() === 'valid');
const handler = async () => isGood(await dns.promises.resolveTxt('a.prod.auth.example.com'));
)",
       "handler a.prod.auth.example.com constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout "
       "raises\n"},
      {"not a lookup of TXT", "export const f = async (n) => dns.promises.resolve(n, 'A');", ""},
      {"a pattern", "const f = async (n) => /^v=id1;/.test((await resolveTxt(n))[0].join(''));",
       "f ${n} constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout raises; first record\n"},
      {"an index", "const f = async (n) => (await resolveTxt(n)).flat().indexOf('valid') !== -1;",
       "f ${n} constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout raises\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

TEST_CASE("txt lookups in JavaScript: callbacks, promises and middleware", "[ingest][code][txt][javascript]") {
  const Row rows[] = {
      {"a callback that lets everybody in when there is an error", R"(
exports.handler = (event, context, callback) => {
  dns.resolveTxt('a.prod.auth.example.com', (err, records) => {
    if (err) {
      return callback(null, generatePolicy('user', 'Allow', event.methodArn));
    }
    if (records.flat().includes('valid')) return callback(null, generatePolicy('user', 'Allow', event.methodArn));
    callback(null, generatePolicy('user', 'Deny', event.methodArn));
  });
};
)",
       "handler a.prod.auth.example.com constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout "
       "allows\n"},
      {"its good twin", R"(
exports.handler = function (event, context, callback) {
  dns.resolveTxt('a.prod.auth.example.com', function (err, records) {
    if (err) return callback('Unauthorized');
    const ok = records.some(function (r) { return r.join('') === 'valid'; });
    callback(null, generatePolicy('user', ok ? 'Allow' : 'Deny', event.methodArn));
  });
};
)",
       "handler a.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout "
       "denies\n"},
      {"an error that is handed on", R"(
function identify(name, done) {
  dns.resolveTxt(name, (err, records) => {
    if (err) { if (err.code === dns.NODATA || err.code === 'ENOTFOUND') return done(null, false); return done(err); }
    done(null, records[0][0] === 'valid');
  });
}
)",
       "identify ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail raises, timeout raises; first "
       "string; first record\n"},
      {"then and catch with a list of codes", R"(
export const handler = (event) =>
  dns.promises.resolveTxt(event.id + '.prod.auth.example.com')
    .then((records) => records.some((r) => r.join('') === 'valid'))
    .catch((e) => { if (['ENOTFOUND', 'ENODATA'].includes(e.code)) return false; return true; });
)",
       "handler ${event.id}.prod.auth.example.com constant: expected allows, other denies, nxdomain denies, nodata denies, servfail "
       "allows, timeout allows\n"},
      {"then with both", R"(
const isKnown = (name) => dns.promises.resolveTxt(name).then(() => true, () => false);
)",
       "isKnown ${name} existence: expected allows, other allows, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"a promise of the file's own", R"(
function lookup(name) {
  return new Promise((resolve, reject) => {
    dns.resolveTxt(name, (err, records) => {
      if (err) return reject(err);
      resolve(records.map((r) => r.join('')));
    });
  });
}
module.exports.handler = async function (event) {
  try {
    const texts = await lookup(`${event.headers.service}.prod.auth.example.com`);
    return { statusCode: texts.includes(event.headers['x-id']) ? 200 : 403 };
  } catch (e) {
    return { statusCode: 503 };
  }
};
)",
       "handler ${event.headers.service}.prod.auth.example.com unproved: expected allows, other denies, nxdomain denies, nodata denies, "
       "servfail denies, timeout denies\n"},
      {"a callback that is a function of the file", R"(
function check(name, cb) {
  dns.resolveTxt(name, (err, records) => onlyFirst(err, records, cb));
}
function onlyFirst(err, records, cb) {
  if (err) return cb(null, true);
  cb(null, records[0].join('') === 'valid');
}
)",
       "check ${name} constant: expected allows, other denies, nxdomain allows, nodata allows, servfail allows, timeout allows; first "
       "record\n"},
      {"middleware that answers for itself", R"(
app.use(async (req, res, next) => {
  try {
    const [record] = await resolver.resolveTxt(`${req.hostname}.auth.example.com`);
    const key = createPublicKey(record.join(''));
    if (!crypto.verify(null, req.body, key, req.headers.signature)) return res.sendStatus(401);
    next();
  } catch (err) {
    res.status(503).json({ error: 'dns' });
  }
});
)",
       "app.use ${req.hostname}.auth.example.com proved: expected allows/denies, other allows/denies, nxdomain denies, nodata denies, "
       "servfail denies, timeout denies; first record\n"},
      {"middleware that goes on after it has said no", R"(
router.use((req, res, next) => {
  dns.resolveTxt('gate.prod.auth.example.com', (err, records) => {
    if (err || !records.flat().includes('valid')) {
      res.status(403).end();
    }
    next();
  });
});
)",
       "router.use gate.prod.auth.example.com existence: expected allows, other allows, nxdomain allows, nodata allows, servfail allows, "
       "timeout allows\n"},
      {"a wrapped handler", R"(
export const handler = middy(async (event) => {
  const found = await lookupTxt(event.name).catch(() => null);
  if (found === null) return { statusCode: 503 };
  return { statusCode: found.includes('valid') ? 200 : 403 };
});
const lookupTxt = async (name) => (await dns.promises.resolveTxt(name)).map((r) => r.join(''));
)",
       "handler ${name} constant: expected allows, other denies, nxdomain denies, nodata denies, servfail denies, timeout denies\n"},
      {"a lookup that something else tries again", R"(
async function handler(event) {
  const records = await retry(async () => dns.promises.resolveTxt('a.prod.auth.example.com'), { retries: 2 });
  return records.flat().includes('valid');
}
)",
       "handler a.prod.auth.example.com constant: expected allows, other denies, nxdomain raises, nodata raises, servfail raises, timeout "
       "raises\n"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      CHECK(told(row.source) == row.expected);
    }
}

}  // namespace mainstay::script
