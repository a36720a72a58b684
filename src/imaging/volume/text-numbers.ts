import type { OpenFile } from "./file.js";
import { Unreadable } from "./unreadable.js";
import type { Voxels, VoxelType } from "./volume.js";
import { fitting } from "./voxel-words.js";

/** A longer text does not fit into one string. */
const longest = 2 ** 29 - 32;

/**
 * Fills voxels with numbers in text, parted by white space, from a byte of a file on.
 * @param until what begins the line behind the numbers, such as "@"; the end of the file when left out
 * @throws Unreadable for fewer numbers than voxels, for more, and for words that are none
 */
export function numbersIn(file: OpenFile, start: number, data: Voxels, type: VoxelType, until?: string): void {
  const { path } = file;
  const length = Math.max(0, file.size - start);
  if (length > longest) throw new Unreadable(path, `found ${length} bytes of text; at most ${longest} are read.`);
  let count = 0;
  for (const [word] of new TextDecoder("latin1").decode(file.bytes(start, length)).matchAll(/\S+/g)) {
    if (until !== undefined && word.startsWith(until)) break;
    if (count === data.length)
      throw new Unreadable(path, `its text holds more than the ${count} numbers that are due.`);
    if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(word))
      throw new Unreadable(path, `found ${word.slice(0, 30)} where voxel ${count + 1} is due.`);
    data[count++] = fitting(path, Number(word), type);
  }
  if (count < data.length) throw new Unreadable(path, `its text holds ${count} numbers; ${data.length} are due.`);
}
