import type { OpenFile } from "./file.js";
import { checkFields, refusedField } from "./header-fields.js";
import { Unreadable } from "./unreadable.js";

/** Fields of a header by their name, without its key/value pairs, which say nothing about the voxels. */
export type NrrdFields = ReadonlyMap<string, string>;

/** A header lists what a program notes about each label; of thousands it takes some hundred kilobytes. */
const longest = 2 ** 24;

const rules = {
  honoured: new Set([
    ...["type", "dimension", "sizes", "encoding", "endian", "data file", "line skip", "byte skip"],
    ...["spacings", "units", "space directions", "space units", "kinds", "labels"],
  ]),
  // Where the picture lies and what its values meant before they were stored.
  harmless: new Set([
    ...[
      "content",
      "number",
      "min",
      "max",
      "old min",
      "old max",
      "sample units",
      "thicknesses",
      "centers",
      "centerings",
    ],
    ...["axis mins", "axis maxs", "space", "space dimension", "space origin", "measurement frame"],
  ]),
};

/** Other spellings of fields. */
const spellings: Readonly<Record<string, string>> = {
  ...{ datafile: "data file", lineskip: "line skip", byteskip: "byte skip", oldmin: "old min", oldmax: "old max" },
  ...{ axismins: "axis mins", axismaxs: "axis maxs", sampleunits: "sample units" },
};

/**
 * Fields of an NRRD header and the first byte behind it.
 * @throws Unreadable for a field that is not known: it may change what the bytes mean
 */
export function nrrdHeader(file: OpenFile): { readonly fields: NrrdFields; readonly end: number } {
  const { path } = file;
  const { text, end, closed } = headerText(file);
  const fields = new Map<string, string>();
  for (const line of text.split(/\r?\n/).slice(1)) {
    if (line.startsWith("#") || line.trim() === "" || /^[^:]+:=/.test(line)) continue;
    const match = /^([^:]+):\s*(.*)$/.exec(line);
    const name = match?.[1]?.trim().toLowerCase();
    if (name === undefined || match?.[2] === undefined) {
      if (fields.get("data file")?.startsWith("LIST")) break;
      throw new Unreadable(path, `found the line "${line.slice(0, 80)}" in its NRRD header; a field is "name: value".`);
    }
    const field = spellings[name] ?? name;
    if (fields.has(field)) throw new Unreadable(path, `found the field "${field}" twice in its NRRD header.`);
    fields.set(field, match[2].trim());
  }
  if (!closed && !fields.has("data file"))
    throw new Unreadable(path, "its NRRD header has no end: an empty line stands before the data.");
  checkFields(path, "NRRD header", fields.keys(), rules);
  const beside = fields.get("data file");
  if (beside !== undefined && (/^LIST/.test(beside) || /%[-+ #0]*\d*[du]/.test(beside)))
    refusedField(path, "data file", beside, "the name of one file. Join the files into one");
  return { fields, end };
}

/** What stands before the first empty line; all of a header without data behind. */
function headerText(file: OpenFile): { text: string; end: number; closed: boolean } {
  for (let length = 65_536; ; length *= 16) {
    const bytes = file.bytes(0, Math.min(length, file.size));
    const found = new TextDecoder("latin1").decode(bytes);
    if (!found.startsWith("NRRD000")) throw new Unreadable(file.path, "found no NRRD header; it begins with NRRD000.");
    const blank = /\r?\n\r?\n/.exec(found);
    if (blank === null && length < longest && length < file.size) continue;
    const head = bytes.subarray(0, blank?.index ?? bytes.length);
    const end = blank === null ? bytes.length : blank.index + blank[0].length;
    const text = new TextDecoder().decode(head);
    const plain = text.includes("\ufffd") ? new TextDecoder("latin1").decode(head) : text;
    return { text: plain, end, closed: blank !== null };
  }
}

/** A whole number of a field; `usual` where it is left out. @throws Unreadable */
export function wholeNumber(path: string, fields: NrrdFields, name: string, usual: number, least: number): number {
  const text = fields.get(name);
  if (text === undefined) return usual;
  const value = Number(text);
  if (/^-?\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  return refusedField(path, name, text, `whole numbers from ${least} on`);
}
