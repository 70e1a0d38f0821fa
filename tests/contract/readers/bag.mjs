// SPDX-License-Identifier: Apache-2.0
// bag.mjs FOLDER: is it a complete and valid bag by RFC 8493 (BagIt 1.0)? Knows nothing of Nightjar. Ends with what it counted, or
// with the rule that is broken and exit code 1.
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];
function must(condition, rule, what) {
  if (condition) return;
  console.log(`BROKEN ${rule}: ${what}`);
  process.exit(1);
}
const text = (name) => new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(join(root, name)));

// Every file below the folder, as the manifests name them: with "/" and relative to it.
function* files(folder = "") {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const name = folder + entry.name;
    must(entry.isFile() || entry.isDirectory(), "2.1.2", `${name} is neither file nor folder`);
    if (entry.isDirectory()) yield* files(`${name}/`);
    else yield name;
  }
}
const all = [...files()];
const payload = all.filter((name) => name.startsWith("data/"));

// 2.1.1: the declaration, byte for byte but for the version's number.
must(/^BagIt-Version: \d+\.\d+\nTag-File-Character-Encoding: UTF-8\n$/.test(text("bagit.txt")), "2.1.1", "bagit.txt");
must(lstatSync(join(root, "data")).isDirectory(), "2.1.2", "there is no payload folder");

// 2.1.3, 2.2.1: "checksum filepath", each path once; line ends and percent signs in paths are encoded.
function manifest(name, algorithm) {
  const listed = new Map();
  const lines = text(name).split(/\r\n|\n|\r/);
  must(lines.pop() === "", "2.1.3", `${name} does not end with a line end`);
  for (const line of lines) {
    const [, digest, path] = /^([0-9a-fA-F]+)[ \t]+(.*)$/.exec(line) ?? [];
    must(path, "2.1.3", `${name} has the line ${line}`);
    const file = path.replace(/%(0[aA]|0[dD]|25)/g, (code) => decodeURIComponent(code));
    must(!/^[/~]|(^|\/)\.\.(\/|$)/.test(file), "5.2", `${name} leads out of the bag: ${file}`);
    must(!listed.has(file), "2.1.3", `${name} lists ${file} twice`);
    must(all.includes(file), "3 complete", `${name} lists ${file}, which is not there`);
    const found = createHash(algorithm).update(readFileSync(join(root, file))).digest("hex");
    must(found === digest.toLowerCase(), "3 valid", `${file} has another digest than ${name} says`);
    listed.set(file, digest);
  }
  return listed;
}

const named = (pattern) => all.filter((name) => pattern.test(name)).map((name) => [name, pattern.exec(name)[1]]);
const manifests = named(/^manifest-([a-z0-9]+)\.txt$/);
must(manifests.length > 0, "2.1.3", "there is no payload manifest");
for (const [name, algorithm] of manifests) {
  const listed = manifest(name, algorithm);
  for (const file of payload) must(listed.has(file), "3 complete", `${file} is not in ${name}`);
  for (const file of listed.keys()) must(file.startsWith("data/"), "2.1.3", `${name} lists ${file}, which is no payload`);
}
const tagManifests = named(/^tagmanifest-([a-z0-9]+)\.txt$/);
for (const [name, algorithm] of tagManifests) {
  const listed = manifest(name, algorithm);
  for (const [other] of manifests) must(listed.has(other), "2.2.1", `${other} is not in ${name}`);
  for (const file of listed.keys()) must(!/^data\/|^tagmanifest-/.test(file), "2.2.1", `${name} lists ${file}`);
}
must(!all.includes("fetch.txt"), "2.2.3", "there is a fetch.txt, so the bag is not complete by itself");

// 2.2.2: "Label: value"; reserved labels that have a form.
const info = new Map();
for (const line of text("bag-info.txt").split(/\r\n|\n|\r/).slice(0, -1)) {
  const [, label, value] = /^([^:\s][^:]*): (.*)$/.exec(line) ?? [];
  must(label, "2.2.2", `bag-info.txt has the line ${line}`);
  must(!info.has(label), "2.2.2", `bag-info.txt has ${label} twice`);
  info.set(label, value);
}
const octets = payload.reduce((sum, name) => sum + lstatSync(join(root, name)).size, 0);
must(info.get("Payload-Oxum") === `${octets}.${payload.length}`, "2.2.2", "Payload-Oxum");
must(/^\d{4}-\d{2}-\d{2}$/.test(info.get("Bagging-Date") ?? ""), "2.2.2", "Bagging-Date");
console.log(`BagIt: ${payload.length} payload files, ${all.length - payload.length} others, complete and valid`);
