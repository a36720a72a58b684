import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { endianness } from "node:os";
import type { Checkpoint } from "../../fem/model/frame.js";
import { writeAtomically } from "./atomic-file.js";

/** A place in a run from which it can go on: the solver's state, and how far the files had come. */
export interface SavedPlace {
  /** Hash of the resolved scenario. */
  readonly scenarioSha256: string;
  readonly version: string;
  /** Bytes of each growing file, by name. */
  readonly lengths: Readonly<Record<string, number>>;
  /** Field files written so far. */
  readonly fields: readonly { readonly time: number; readonly file: string }[];
  /** Where in the protocol this is, for messages. */
  readonly cycle: number;
  /** s */
  readonly time: number;
  readonly state: Checkpoint;
}

const magic = "SYNCHRODE CHECKPOINT 1\n";

interface Header extends Omit<SavedPlace, "state"> {
  readonly numbers: readonly string[];
  readonly arrays: readonly { readonly name: string; readonly length: number }[];
}

/**
 * Layout: a line of magic text; the length of the header as u32; the header as JSON; all numbers as f64, first the
 * named numbers, then the arrays (little-endian); the SHA-256 of all that.
 */
function encodeCheckpoint(place: SavedPlace): Uint8Array {
  const { state, ...rest } = place;
  const numbers = Object.keys(state.numbers);
  const arrays = Object.entries(state.arrays).map(([name, values]) => ({ name, length: values.length }));
  const header = Buffer.from(JSON.stringify({ ...rest, numbers, arrays } satisfies Header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  const parts = [
    Buffer.from(magic),
    size,
    header,
    littleEndian(Float64Array.from(numbers, (name) => state.numbers[name]!)),
  ];
  for (const values of Object.values(state.arrays)) parts.push(littleEndian(values));
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

/** @throws SyntaxError when the bytes are no checkpoint, or a damaged one. */
function decodeCheckpoint(bytes: Buffer): SavedPlace {
  const refuse = (found: string) =>
    new SyntaxError(`Reading a checkpoint: found ${found}; start the run anew without --resume.`);
  const start = magic.length + 4;
  if (bytes.length < start + 32 || bytes.toString("latin1", 0, magic.length) !== magic)
    throw refuse("another kind of file");
  const body = bytes.subarray(0, bytes.length - 32);
  if (!createHash("sha256").update(body).digest().equals(bytes.subarray(-32))) throw refuse("a damaged file");
  const end = start + bytes.readUInt32LE(magic.length);
  const { numbers, arrays, ...rest } = JSON.parse(bytes.toString("utf8", start, end)) as Header;
  let offset = end;
  const take = (length: number) => {
    const values = fromLittleEndian(body.subarray(offset, offset + 8 * length));
    offset += 8 * length;
    return values;
  };
  const scalars = take(numbers.length);
  const state: Checkpoint = {
    numbers: Object.fromEntries(numbers.map((name, index) => [name, scalars[index]!])),
    arrays: Object.fromEntries(arrays.map(({ name, length }) => [name, take(length)])),
  };
  return { ...rest, state };
}

export function writeCheckpoint(path: string, place: SavedPlace): void {
  writeAtomically(path, encodeCheckpoint(place));
}

/** The checkpoint at a path, or undefined when there is none. */
export function readCheckpoint(path: string): SavedPlace | undefined {
  return existsSync(path) ? decodeCheckpoint(readFileSync(path)) : undefined;
}

function littleEndian(values: Float64Array): Buffer {
  const bytes = Buffer.from(values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength));
  return endianness() === "LE" ? bytes : bytes.swap64();
}

function fromLittleEndian(bytes: Uint8Array): Float64Array {
  const own = Buffer.alloc(bytes.length);
  own.set(bytes);
  if (endianness() !== "LE") own.swap64();
  return new Float64Array(own.buffer.slice(own.byteOffset, own.byteOffset + own.length));
}
