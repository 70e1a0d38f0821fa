// SPDX-License-Identifier: Apache-2.0
// Reads a WARC, plain or gzip, with warcio.js. As a module: records(path); as a program: one line of JSON per record.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { WARCParser } from "warcio";

// [{type, id, url, date, http, size, sha256, offset, length}]: digest and size are of the block as it lies.
export async function records(path, range = {}) {
  const parser = new WARCParser(createReadStream(path, range), { keepHeadersCase: true, parseHttp: false });
  const found = [];
  for await (const record of parser) {
    const block = await record.readFully(false);
    const header = (name) => record.warcHeader(name) ?? null;
    found.push({
      type: header("WARC-Type"), id: header("WARC-Record-ID"), url: header("WARC-Target-URI"), date: header("WARC-Date"),
      claimed: header("WARC-Block-Digest"), size: block.length, sha256: createHash("sha256").update(block).digest("hex"),
      text: Buffer.from(block).toString("latin1"),
      offset: parser.offset, length: parser.recordLength,
    });
  }
  return found;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { text, ...record } of await records(process.argv[2])) console.log(JSON.stringify(record));
}
