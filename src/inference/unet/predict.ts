import { type Volume, volume } from "../../imaging/volume/volume.js";
import type { Loaded } from "../autoencoder/tensorflow.js";
import { evenLevels, seenSize } from "./example.js";
import type { Model } from "./model.js";
import { inputChannels, multiple, type Network, network } from "./network.js";
import { channelsOf, resized, type SlicePicture } from "./slice-picture.js";

/**
 * Probability that a voxel is inside a particle, slice by slice along the first axis.
 * @param told share of the slices that are done
 */
export async function probabilities(
  { tf }: Loaded,
  stack: Volume,
  { pixel, weights }: Model,
  told: (share: number) => void = () => {},
): Promise<Volume<Float32Array>> {
  const [slices, rows, columns] = stack.shape;
  const levels = evenLevels(stack);
  const made = network(tf, weights);
  const [toRows, toColumns] = seenSize(stack, pixel);
  const data = new Float32Array(levels.length);
  for (let s = 0; s < slices; s++) {
    const slice = levels.subarray(s * rows * columns, (s + 1) * rows * columns);
    const seen = resized({ rows, columns, data: slice }, toRows, toColumns);
    data.set(resized(predicted(tf, made, seen), rows, columns).data, s * rows * columns);
    told((s + 1) / slices);
    await tf.nextFrame();
  }
  made.dispose();
  return volume(data, stack.shape, stack.voxelSize, [...stack.provenance, "probabilities of a U-Net"]);
}

/** Mirrored at its far sides to whole multiples of what the network halves. */
function predicted(tf: Loaded["tf"], { forward }: Network, picture: SlicePicture): SlicePicture {
  const { rows, columns } = picture;
  const [high, wide] = [rows, columns].map((count) => multiple * Math.ceil(count / multiple)) as [number, number];
  const channels = channelsOf(picture);
  const padded = new Float32Array(high * wide * inputChannels);
  const inside = (k: number, count: number) => Math.max(0, k < count ? k : 2 * count - 1 - k);
  for (let r = 0; r < high; r++) {
    for (let c = 0; c < wide; c++) {
      const from = inputChannels * (inside(r, rows) * columns + inside(c, columns));
      padded.set(channels.subarray(from, from + inputChannels), inputChannels * (r * wide + c));
    }
  }
  const all = tf.tidy(() => tf.sigmoid(forward(tf.tensor4d(padded, [1, high, wide, inputChannels]))).dataSync());
  const data = Float32Array.from(
    { length: rows * columns },
    (_, k) => all[Math.floor(k / columns) * wide + (k % columns)],
  );
  return { rows, columns, data };
}
