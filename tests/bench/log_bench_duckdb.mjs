// log_bench_duckdb.mjs FORMAT TASK FILE: the counting tasks of log_bench.sh in DuckDB, on one thread.
import { createRequire } from "node:module";

const require = createRequire(process.env.NODE_PATH + "/");
const { DuckDBInstance } = require("@duckdb/node-api");
const [format, task, file] = process.argv.slice(2);
const path = "'" + file.replaceAll("'", "''") + "'";
const rows = {
  "bind-query": `SELECT split_part(column4, '#', 1) AS client, column9 AS name, column11 AS type
    FROM read_csv(${path}, delim = ' ', header = false, auto_detect = false, quote = '', escape = '',
      columns = {${Array.from({ length: 14 }, (_, n) => `'column${n}': 'VARCHAR'`).join(", ")}})`,
  "route53-resolver": `SELECT srcaddr AS client, query_name AS name, query_type AS type
    FROM read_ndjson(${path}, columns = {srcaddr: 'VARCHAR', query_name: 'VARCHAR', query_type: 'VARCHAR'})`,
}[format];
const queries = {
  count: `SELECT count(*) FROM (SELECT client, name, type, count(*) FROM (${rows}) GROUP BY ALL)`,
  names: `SELECT name, count(*) AS n FROM (${rows}) GROUP BY name ORDER BY n DESC LIMIT 10`,
};
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const connection = await instance.connect();
const result = await connection.runAndReadAll(queries[task]);
console.log(result.getRows().map((row) => row.join(" ")).join("\n"));
