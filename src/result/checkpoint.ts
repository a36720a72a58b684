import { createHash } from "node:crypto";
import { endianness } from "node:os";
import * as z from "zod";
import type { Checkpoint } from "../fem/model/frame.js";
import { writeAtomically } from "../folder/atomic-file.js";
import { fileBytesIfThere } from "../folder/read-file.js";
import type { FieldFile } from "./field-files.js";

/** What of a growing file belongs to a place in a run: so many bytes from its beginning, and their hash. */
export interface KeptPart {
  readonly bytes: number;
  readonly sha256: string;
}

/** A place in a run from which it can go on: the solver's state, and how far the files had come. */
export interface SavedPlace {
  /** Hash of the resolved scenario. */
  readonly scenarioSha256: string;
  /** The same but for how often the protocol is repeated. */
  readonly extensibleSha256: string;
  /** Times the protocol was to be repeated. */
  readonly repeat: number;
  /** Of the program. */
  readonly version: string;
  /** Each growing file, by name. */
  readonly kept: Readonly<Record<string, KeptPart>>;
  /** Field files written so far. */
  readonly fields: readonly FieldFile[];
  /** Where in the protocol this is, for messages. */
  readonly cycle: number;
  /** s */
  readonly time: number;
  readonly state: Checkpoint;
}

const format = 2;
const magic = `SYNCHRODE CHECKPOINT ${format}\n`;

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
  const parts = [Buffer.from(magic), size, header, littleEndian(Float64Array.from(Object.values(state.numbers)))];
  for (const values of Object.values(state.arrays)) parts.push(littleEndian(values));
  const body = Buffer.concat(parts);
  return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

function refused(found: string): SyntaxError {
  return new SyntaxError(`Reading a checkpoint: found ${found}; start the run anew without --resume.`);
}

/** @throws SyntaxError when the bytes are no checkpoint, one of another format, or a damaged one. */
function decodeCheckpoint(bytes: Buffer): SavedPlace {
  const start = magic.length + 4;
  const other = /^SYNCHRODE CHECKPOINT (\d+)\n/.exec(bytes.toString("latin1", 0, 40))?.[1];
  if (other !== undefined && Number(other) !== format)
    throw refused(`one of format ${other}, where this version reads format ${format}`);
  if (bytes.length < start + 32 || other === undefined) throw refused("another kind of file");
  const body = bytes.subarray(0, bytes.length - 32);
  if (!createHash("sha256").update(body).digest().equals(bytes.subarray(-32))) throw refused("a damaged file");
  const end = start + bytes.readUInt32LE(magic.length);
  const { numbers, arrays, ...rest } = headerOf(body.toString("utf8", start, end));
  const due = arrays.reduce((sum, { length }) => sum + length, numbers.length);
  if (body.length - end !== 8 * due) throw refused(`${(body.length - end) / 8} numbers of ${due}`);
  let offset = end;
  const take = (length: number) => {
    const values = fromLittleEndian(body.subarray(offset, offset + 8 * length));
    offset += 8 * length;
    return values;
  };
  const scalars = take(numbers.length);
  const state: Checkpoint = {
    numbers: Object.fromEntries(numbers.map((name, index) => [name, scalars[index] ?? Number.NaN])),
    arrays: Object.fromEntries(arrays.map(({ name, length }) => [name, take(length)])),
  };
  return { ...rest, state };
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();
const header = z.object({
  scenarioSha256: hash,
  extensibleSha256: hash,
  repeat: count,
  version: z.string(),
  kept: z.record(z.string(), z.object({ bytes: count, sha256: hash })),
  fields: z.array(z.object({ time: z.number(), file: z.string().regex(/^[\w.-]+\.vtu$/), sha256: hash })),
  cycle: count,
  time: z.number(),
  numbers: z.array(z.string()),
  arrays: z.array(z.object({ name: z.string(), length: count })),
});

function headerOf(text: string): Header {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw refused("no header");
  }
  const parsed = header.safeParse(found);
  if (!parsed.success) throw refused(`a header without a right ${parsed.error.issues[0]?.path.join(".")}`);
  return parsed.data;
}

export function writeCheckpoint(path: string, place: SavedPlace): void {
  writeAtomically(path, encodeCheckpoint(place));
}

/** The checkpoint at a path, or undefined when there is none. @throws SyntaxError as a damaged one; MachineFailure */
export function readCheckpoint(path: string): SavedPlace | undefined {
  const bytes = fileBytesIfThere(path);
  return bytes && decodeCheckpoint(bytes);
}

/**
 * Whether a simulation that was prepared from a state has taken all of it up, and nothing that was not in it: what it would
 * save now is what it was given, name by name and bit by bit.
 */
export function sameState(a: Checkpoint, b: Checkpoint): boolean {
  const names = ({ numbers, arrays }: Checkpoint) =>
    [...Object.keys(numbers), "", ...Object.keys(arrays)].sort().join();
  return (
    names(a) === names(b) &&
    Object.entries(a.numbers).every(([name, value]) => Object.is(value, b.numbers[name])) &&
    Object.entries(a.arrays).every(([name, values]) => {
      const others = b.arrays[name];
      return others !== undefined && littleEndian(values).equals(littleEndian(others));
    })
  );
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
