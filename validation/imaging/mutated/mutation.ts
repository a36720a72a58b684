import { type Draws, drawsOf } from "./draws.js";
import type { MutatedFormat, Seed } from "./format.js";

/** Damages bytes in one way. */
type Mutation = (bytes: Uint8Array, draws: Draws) => Uint8Array;

const changed = (bytes: Uint8Array, change: (copy: Uint8Array) => void) => {
  const copy = new Uint8Array(bytes);
  change(copy);
  return copy;
};

/** Numbers at which counters, signs and sizes turn. */
const edges = [0, 1, 2, 3, 7, 8, 127, 128, 255, 256, 32_767, 32_768, 65_535, 65_536, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

const flippedBit: Mutation = (bytes, draws) =>
  changed(bytes, (copy) => {
    const at = draws.below(copy.length);
    copy[at] = (copy[at] as number) ^ (1 << draws.below(8));
  });

const otherByte: Mutation = (bytes, draws) =>
  changed(bytes, (copy) => {
    copy[draws.below(copy.length)] = draws.below(256);
  });

const otherNumber: Mutation = (bytes, draws) =>
  changed(bytes, (copy) => {
    const width = draws.of([2, 4, 8] as const);
    if (copy.length < width) return;
    const at = draws.below(copy.length - width + 1);
    const view = new DataView(copy.buffer);
    const [value, little] = [draws.of(edges), draws.below(2) === 0];
    if (width === 2) view.setUint16(at, value & 65_535, little);
    else if (width === 4) view.setUint32(at, value, little);
    else view.setBigUint64(at, draws.below(8) === 0 ? 2n ** 63n : BigInt(value), little);
  });

const cut: Mutation = (bytes, draws) => bytes.subarray(0, draws.below(bytes.length));

const filled: Mutation = (bytes, draws) =>
  changed(bytes, (copy) => {
    const from = draws.below(copy.length);
    copy.fill(draws.of([0, 255, draws.below(256)]), from, from + 1 + draws.below(64));
  });

const left: Mutation = (bytes, draws) => {
  const from = draws.below(bytes.length);
  const to = Math.min(bytes.length, from + 1 + draws.below(32));
  return Uint8Array.from([...bytes.subarray(0, from), ...bytes.subarray(to)]);
};

const twice: Mutation = (bytes, draws) => {
  const from = draws.below(bytes.length);
  const piece = bytes.subarray(from, from + 1 + draws.below(64));
  const at = draws.below(bytes.length);
  return Uint8Array.from([...bytes.subarray(0, at), ...piece, ...bytes.subarray(at)]);
};

const random: Mutation = (bytes, draws) =>
  changed(bytes, (copy) => {
    const from = draws.below(copy.length);
    for (let k = from; k < Math.min(copy.length, from + 40); k++) copy[k] = draws.below(256);
  });

const mutations: readonly Mutation[] = [
  ...[flippedBit, flippedBit, otherByte, otherNumber, otherNumber, otherNumber],
  ...[cut, filled, left, twice, random],
];

/** The damaged file of a number: a sound one with one to four damages, in one of its files or by losing it. */
export function mutated(format: MutatedFormat, seeds: readonly Seed[], number: number): Seed {
  const draws = drawsOf(number);
  const seed = seeds[number % seeds.length] as Seed;
  const names = Object.keys(seed.files);
  const name = draws.of(names);
  if (names.length > 1 && draws.below(20) === 0) {
    const { [name]: _, ...files } = seed.files;
    return { ...seed, files };
  }
  let bytes = seed.files[name] as Uint8Array;
  for (let k = draws.of([1, 1, 1, 2, 3, 4]); k > 0 && bytes.length > 0; k--) {
    const own = format.own !== undefined && draws.below(2) === 0 ? format.own(bytes, draws) : null;
    bytes = own ?? draws.of(mutations)(bytes, draws);
  }
  return { ...seed, files: { ...seed.files, [name]: bytes } };
}
