import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { type Fault, InputFault, type Place, refusedFile, shown } from "./faults.js";
import type { FileSource } from "./file-source.js";

/** Bytes; larger files are refused before they are read. */
const largestDocument = 1_000_000;

/** A value read from a file, with the place of every key and item in it. */
export interface Located {
  readonly value: unknown;
  /** By `pathKey`: where the key (or the item of a list) stands. */
  readonly places: ReadonlyMap<string, Place>;
}

export function pathKey(path: readonly PropertyKey[]): string {
  return path.map(String).join("/");
}

/** The place of a path or, when it has none of its own, of the nearest key above it. */
export function placeOf(places: ReadonlyMap<string, Place>, path: readonly PropertyKey[], file: string): Place {
  for (let length = path.length; length >= 0; length--) {
    const place = places.get(pathKey(path.slice(0, length)));
    if (place) return place;
  }
  return { file };
}

/**
 * The text of an input file.
 * @throws InputFault when it is absent, no file, too large, empty, or no UTF-8 text.
 */
export function readText(source: FileSource, file: string, largest = largestDocument): string {
  const bytes = source.bytes(file, largest, "a mapping of keys to values");
  if (bytes.includes(0)) throw refusedFile(file, "a binary file", "UTF-8 text");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refusedFile(file, "bytes that are not UTF-8", "UTF-8 text");
  }
}

/**
 * A YAML 1.2 (so also JSON) file as plain values with places.
 * No custom tags, no merge keys, one document, few aliases.
 * @throws InputFault for a file that cannot be read or parsed.
 */
export function readDocument(source: FileSource, file: string): Located {
  return parseText(readText(source, file), file);
}

/** As `readDocument`, from text; `file` is the name used in messages. */
export function parseText(text: string, file: string): Located {
  const lines = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  try {
    const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
    const broken = [...parsed.errors, ...parsed.warnings];
    if (broken.length > 0) throw new InputFault([brokenYaml(broken[0], at)]);
    const circle = parsed.contents === null ? undefined : circularAlias(parsed.contents as Node, []);
    if (circle !== undefined) throw new InputFault([circular(at(circle))]);
    const places = new Map<string, Place>();
    if (parsed.contents) collect(parsed.contents as Node, [], places, at);
    const value: unknown = parsed.toJS({ maxAliasCount: 20 });
    return { value, places };
  } catch (error) {
    if (error instanceof InputFault) throw error;
    throw new InputFault([unusable(error, file)]);
  }
}

function brokenYaml(error: { pos: [number, number]; message: string }, at: (offset: number) => Place) {
  const found = `broken YAML (${error.message.split("\n")[0]})`;
  return { place: at(error.pos[0]), key: "", found, allowed: "one YAML document without custom tags" };
}

function circular(place: Place) {
  return { place, key: "", found: "an alias inside what it stands for", allowed: "aliases of what was written before" };
}

/** Offset of an alias that stands within the node of its own anchor. */
function circularAlias(node: Node | null, open: readonly string[]): number | undefined {
  if (!node || isScalar(node)) return undefined;
  if (isAlias(node)) return open.includes(node.source) ? (node.range?.[0] ?? 0) : undefined;
  if (!isMap(node) && !isSeq(node)) return undefined;
  const within = node.anchor === undefined ? open : [...open, node.anchor];
  for (const item of node.items) {
    const below = isPair(item) ? [item.key, item.value] : [item];
    for (const each of below) {
      const found = circularAlias(each as Node | null, within);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function unusable(error: unknown, file: string) {
  const place = { file, line: 1, column: 1 };
  if (error instanceof RangeError) return { place, key: "", found: "values nested too deep", allowed: "a few levels" };
  const found = error instanceof ReferenceError ? "aliases that unfold to a huge document" : "unusable YAML";
  return { place, key: "", found, allowed: "at most 20 aliases in a document, each to a known anchor" };
}

/** Names that every object of the language has: as keys they would be taken for what they are not. */
const inherited = new Set(["__proto__", "constructor", "prototype"]);

function keyFault(name: string, path: readonly PropertyKey[], place: Place, seen: ReadonlySet<string>): Fault {
  const key = path.map(String).join(".");
  return seen.has(name)
    ? { place, key, found: `the key ${shown(name)} for the second time`, allowed: "each key once in a mapping" }
    : { place, key, found: `the unknown key ${shown(name)}`, allowed: "keys with other names" };
}

/** Notes places, and refuses keys that stand twice in a mapping or are no keys. */
function collect(
  node: Node | null,
  path: readonly PropertyKey[],
  places: Map<string, Place>,
  at: (offset: number) => Place,
): void {
  if (!node || isAlias(node) || isScalar(node)) return;
  if (path.length === 0 && node.range) places.set("", at(node.range[0]));
  if (isMap(node)) {
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue;
      const name = String(key.value);
      const below = [...path, name];
      const place = key.range ? at(key.range[0]) : undefined;
      if (seen.has(name) || inherited.has(name)) throw new InputFault([keyFault(name, below, place ?? at(0), seen)]);
      seen.add(name);
      if (place) places.set(pathKey(below), place);
      collect(value as Node | null, below, places, at);
    }
  }
  if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const below = [...path, index];
      const range = (item as Node | null)?.range;
      if (range) places.set(pathKey(below), at(range[0]));
      collect(item as Node | null, below, places, at);
    }
  }
}
