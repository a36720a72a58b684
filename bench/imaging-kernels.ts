/**
 * Processor milliseconds (of all threads) of the distance of a mask, and of the smoothed one, by loops and by kernels of
 * gpu.js on each backend that this machine has; sending and fetching arrays included.
 *   node --import tsx bench/imaging-kernels.ts [largest edge of a cube, 128]
 */

import { draws } from "../src/draws/draws.js";
import { kernelWork } from "../src/imaging/kernel/kernel-work.js";
import { lineKernels } from "../src/imaging/kernel/line-kernels.js";
import { type FieldWork, loops } from "../src/imaging/morphology/field-work.js";
import { crowdedBalls } from "../src/imaging/phantom/balls.js";
import { phantom } from "../src/imaging/phantom/phantom.js";
import { paced, type Strides, stage } from "../src/imaging/steps/steps.js";
import { inMemory, memory } from "../src/imaging/volume/store.js";
import { kernelModes, openDevice } from "../src/kernel/device.js";

const largest = Number(process.argv[2] ?? 128);
const slab = 2 ** 22;
const never = new AbortController().signal;

async function milliseconds(work: () => Strides): Promise<number> {
  const times: number[] = [];
  for (let k = 0; k < 3; k++) {
    const began = process.cpuUsage();
    await paced(stage("", work()), never);
    const { user, system } = process.cpuUsage(began);
    times.push((user + system) / 1000);
  }
  return Math.min(...times.slice(1));
}

const ways: [string, FieldWork, () => string, () => Promise<void>][] = [["loops", loops, () => "", async () => {}]];
for (const mode of kernelModes) {
  try {
    const device = await openDevice(mode);
    const kernels = lineKernels(device);
    ways.push([mode, kernelWork(kernels), () => kernels.ran()?.mode ?? "", () => device.close()]);
  } catch (error) {
    console.log(`${mode}: ${(error as Error).message}`);
  }
}
for (let edge = 32; edge <= largest; edge *= 2) {
  const shape = [edge, edge, edge] as const;
  const count = Math.round((edge / 32) ** 3 * 4);
  const balls = crowdedBalls({ count, box: shape, radius: 7, spread: 0.2, overlap: 0.2 }, draws(1, "balls"));
  const inside = inMemory(phantom({ balls, cracks: [], hollows: [], caps: [] }, shape, [1, 1, 1]).phases.data, shape);
  for (const [name, work, ran, close] of ways) {
    const result = memory.store("f32", shape);
    const plain = await milliseconds(() => work.distance(inside, result, [1, 1, 1], slab));
    const smooth = await milliseconds(() => work.smoothedDistance(inside, result, [1, 1, 1], 1, slab));
    console.log(
      `${edge}³ ${name.padEnd(7)} ${plain.toFixed(1).padStart(9)} ${smooth.toFixed(1).padStart(9)} ms ${ran()}`,
    );
    if (2 * edge > largest) await close();
  }
}
