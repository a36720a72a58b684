import { gaussian } from "../../imaging/filter/gaussian.js";
import { inputChannels } from "./network.js";

/** Numbers of a picture of rows and columns. */
export interface SlicePicture {
  readonly rows: number;
  readonly columns: number;
  /** `[row][column]` */
  readonly data: Float32Array;
}

/** Pixels by which the second channel is blurred: what is around, for a network that looks no farther than its kernels. */
const surroundings = 4;

/**
 * The same picture with other numbers of rows and columns, corners on corners, by straight lines between the middles of
 * pixels; where it shrinks by more than two it is blurred first.
 */
export function resized({ rows, columns, data }: SlicePicture, toRows: number, toColumns: number): SlicePicture {
  const sigma = (from: number, to: number) => 0.5 * Math.sqrt(Math.max(0, (from / to / 2) ** 2 - 1));
  const smooth = data.slice();
  gaussian(smooth, [1, rows, columns], [0, sigma(rows, toRows), sigma(columns, toColumns)]);
  const result = new Float32Array(toRows * toColumns);
  const down = places(rows, toRows);
  const right = places(columns, toColumns);
  for (const [row, [above, below, weight]] of down.entries()) {
    for (const [column, [left, beside, share]] of right.entries()) {
      const at = (r: number) => (1 - share) * smooth[r * columns + left] + share * smooth[r * columns + beside];
      result[row * toColumns + column] = (1 - weight) * at(above) + weight * at(below);
    }
  }
  return { rows: toRows, columns: toColumns, data: result };
}

/** The two pixels that each new one lies between, and the weight of the second. */
function places(from: number, to: number): (readonly [number, number, number])[] {
  return Array.from({ length: to }, (_, k) => {
    const at = Math.min(from - 1, Math.max(0, ((k + 0.5) * from) / to - 0.5));
    const low = Math.min(from - 1, Math.floor(at));
    return [low, Math.min(from - 1, low + 1), at - low];
  });
}

/** What goes into the network, `[row][column][channel]`: grey levels, and the same blurred. */
export function channelsOf({ rows, columns, data }: SlicePicture): Float32Array {
  const around = data.slice();
  gaussian(around, [1, rows, columns], [0, surroundings, surroundings]);
  const channels = new Float32Array(inputChannels * data.length);
  for (let i = 0; i < data.length; i++) {
    channels[inputChannels * i] = data[i];
    channels[inputChannels * i + 1] = around[i];
  }
  return channels;
}
