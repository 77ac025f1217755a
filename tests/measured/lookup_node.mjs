#!/usr/bin/env node
// lookup NAME COUNT: resolves NAME with dns.resolve4, COUNT times, and prints one line each: the microseconds, a blank, and how it ended.
import dns from "node:dns/promises";

const [name, count] = process.argv.slice(2);
for (let left = Number(count); left > 0; --left) {
  const begin = process.hrtime.bigint();
  let ending = "answered";
  try {
    await dns.resolve4(name);
  } catch (error) {
    ending = error.code === "ENOTFOUND" || error.code === "ENODATA" ? "denied" : "failed";
  }
  console.log(`${(process.hrtime.bigint() - begin) / 1000n} ${ending}`);
}
