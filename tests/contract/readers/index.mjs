// SPDX-License-Identifier: Apache-2.0
// index.mjs WARC.GZ CDXJ: each line of the index must lead to the response it speaks of, read alone by warcio.js, and
// every response must have a line.
import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { getSurt } from "warcio";
import { records } from "./warc.mjs";

const [warc, cdxj] = process.argv.slice(2);
const lines = readFileSync(cdxj, "utf8").split("\n").slice(0, -1);
assert.deepEqual(lines, [...lines].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
for (const line of lines) {
  const [, surt, time, json] = /^(\S+) (\d{14}) (\{.*\})$/.exec(line);
  const entry = JSON.parse(json);
  assert.equal(surt, getSurt(entry.url));
  const offset = Number(entry.offset);
  const found = await records(warc, { start: offset, end: offset + Number(entry.length) - 1 });
  assert.equal(found.length, 1);
  assert.equal(found[0].type, "response");
  assert.equal(found[0].url, entry.url);
  assert.equal(found[0].date.replace(/\D/g, "").slice(0, 14), time);
  assert.equal(`sha256:${found[0].sha256}`, entry.recordDigest);
}
const all = await records(warc);
for (const record of all) assert.equal(record.claimed, `sha256:${record.sha256}`);
assert.equal(lines.length, all.filter((record) => record.type === "response").length);
console.log(`${lines.length} lines, ${all.length} records`);
