// SPDX-License-Identifier: Apache-2.0
// graph.mjs FOLDER: case.jsonld of an unpacked bundle, read by jsonld.js, must name each request and response of the WARC
// (as warcio.js reads it) with its digest and size, and each capture with a provenance record. Says what it compared.
import { strict as assert } from "node:assert";
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import jsonld from "jsonld";
import { records } from "./warc.mjs";

const folder = process.argv[2];
const text = readFileSync(`${folder}/case.jsonld`, "utf8");
const documentLoader = (url) => { throw new Error(`the graph asks for ${url}: it must stand alone`); };
const nodes = await jsonld.flatten(JSON.parse(text), null, { documentLoader, safe: true });
const byId = new Map(nodes.map((node) => [node["@id"], node]));

const CASE = "https://ontology.caseontology.org/case/investigation/";
const UCO = "https://ontology.unifiedcyberontology.org/uco/";
const ofType = (type) => nodes.filter((node) => node["@type"]?.includes(type));
const value = (node, property) => node[property]?.[0]["@value"];
const linked = (node, property) => (node[property] ?? []).map((link) => byId.get(link["@id"]));

// Size and digest of what an observable says its content is.
function content(node) {
  const facet = linked(node, `${UCO}core/hasFacet`).find((f) => f["@type"].includes(`${UCO}observable/ContentDataFacet`));
  const [hash] = linked(facet, `${UCO}observable/hash`);
  assert.equal(value(hash, `${UCO}types/hashMethod`), "SHA256");
  assert.equal(hash[`${UCO}types/hashValue`][0]["@type"], "http://www.w3.org/2001/XMLSchema#hexBinary");
  return { size: Number(value(facet, `${UCO}observable/sizeInBytes`)), sha256: value(hash, `${UCO}types/hashValue`) };
}

let blocks = 0;
for (const record of await records(`${folder}/data/capture.warc`)) {
  if (record.type !== "request" && record.type !== "response") continue;
  const node = byId.get(record.id.slice(1, -1));
  assert.ok(node, `${record.id} is not in the graph`);
  assert.deepEqual(content(node), { size: record.size, sha256: record.sha256 });
  ++blocks;
}

const exhibits = ofType(`${CASE}ProvenanceRecord`).map((node) => value(node, `${CASE}exhibitNumber`)).sort();
const captures = readdirSync(`${folder}/data/records`).map((name) => name.replace(".txt", "")).sort();
assert.deepEqual(exhibits, captures);
for (const node of ofType(`${CASE}ProvenanceRecord`)) {
  const [, name, sha256] = /(data\/records\/\d+\.txt), SHA-256 ([0-9a-f]{64})/.exec(value(node, `${UCO}core/description`));
  assert.equal(createHash("sha256").update(readFileSync(`${folder}/${name}`)).digest("hex"), sha256);
}

const [file] = ofType(`${UCO}observable/File`);
const warc = readFileSync(`${folder}/data/capture.warc`);
assert.deepEqual(content(file), { size: warc.length, sha256: createHash("sha256").update(warc).digest("hex") });

// Whatever is linked is there.
for (const node of nodes) {
  for (const [property, values] of Object.entries(node)) {
    if (property.startsWith("@")) continue;
    for (const link of values) assert.ok(!link["@id"] || byId.has(link["@id"]), `${property} leads nowhere`);
  }
}
const acts = ofType(`${CASE}InvestigativeAction`).length;
console.log(`${blocks} blocks, ${captures.length} captures, ${acts} acts agree`);
