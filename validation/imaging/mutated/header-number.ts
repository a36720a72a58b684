import type { Draws } from "./draws.js";

const numbers = [
  "0",
  "1",
  "-1",
  "3",
  "1e9",
  "65536",
  "2147483648",
  "4294967296",
  "9007199254740993",
  "1e400",
  "nan",
  "x",
  "",
];

/** Damage that a header in text knows: one of its numbers or words is another one. */
export function otherWord(bytes: Uint8Array, draws: Draws): Uint8Array | null {
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 600));
  const words = [...head.matchAll(draws.below(4) === 0 ? /[a-z]{3,}/gi : /\d+(?:\.\d+)?/g)];
  const word = words.length === 0 ? undefined : draws.of(words);
  if (word === undefined) return null;
  const other = /^\d/.test(word[0]) ? draws.of(numbers) : draws.of(words)[0];
  return Buffer.concat([
    bytes.subarray(0, word.index),
    Buffer.from(other),
    bytes.subarray(word.index + word[0].length),
  ]);
}
