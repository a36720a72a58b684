import { describe, expect, it } from "vitest";
import { draws } from "../../../src/draws/draws.js";
import { kernelWork } from "../../../src/imaging/kernel/kernel-work.js";
import { lineKernels } from "../../../src/imaging/kernel/line-kernels.js";
import { type FieldWork, loops } from "../../../src/imaging/morphology/field-work.js";
import { crowdedBalls } from "../../../src/imaging/phantom/balls.js";
import { phantom } from "../../../src/imaging/phantom/phantom.js";
import { matching } from "../../../src/imaging/segmentation/matching.js";
import { segmentSteps, usualSegment } from "../../../src/imaging/segmentation/segment.js";
import { finished, paced, type Strides, stage } from "../../../src/imaging/steps/steps.js";
import { inMemory, memory } from "../../../src/imaging/volume/store.js";
import { storedVolume } from "../../../src/imaging/volume/stored-picture.js";
import type { Shape, VoxelSize } from "../../../src/imaging/volume/volume.js";
import { devices, relativeError } from "../../network/kernel/device.js";

const shape = [21, 34, 40] as const;
const random = draws(8, "mask");
const mask = Uint8Array.from({ length: 21 * 34 * 40 }, () => (random.uniform() < 0.997 ? 1 : 0));
const never = new AbortController().signal;

/** What a way of computing leaves in its result. */
async function field(
  work: (result: ReturnType<typeof memory.store<"f32">>) => Strides,
  of: Shape = shape,
): Promise<Float32Array> {
  const result = memory.store("f32", of);
  await paced(stage("field", work(result)), never);
  return result.whole!;
}

describe.each(await devices())("kernels of gpu.js on $name", ({ mode, device }) => {
  const here = device === null ? it.skip : it;
  const inside = inMemory(mask, shape);
  const distance = (work: FieldWork, size: VoxelSize, slab: number) =>
    field((result) => work.distance(inside, result, size, slab));
  const smoothed = (work: FieldWork, slab: number) =>
    field((result) => work.smoothedDistance(inside, result, [0.5, 0.4, 0.4], 0.7, slab));

  here("gives the distances of the loops, to the bit for equal edges, whatever the slabs", async () => {
    const kernels = lineKernels(device!);
    const work = kernelWork(kernels);
    for (const slab of [5 * 34 * 40, 1e6]) {
      expect(await distance(work, [0.4, 0.4, 0.4], slab)).toEqual(await distance(loops, [0.4, 0.4, 0.4], slab));
      const uneven = [0.5, 0.4, 0.3] as const;
      expect(relativeError(await distance(work, uneven, slab), await distance(loops, uneven, slab))).toBeLessThan(1e-6);
    }
    expect(kernels.ran()!.mode).toBe(mode);
    const full = inMemory(new Uint8Array(60).fill(1), [3, 4, 5]);
    const nowhere = await field((result) => work.distance(full, result, [1, 1, 1], 60), [3, 4, 5]);
    expect(nowhere).toEqual(new Float32Array(60).fill(Infinity));
  });

  here("smooths them as the loops do", async () => {
    const work = kernelWork(lineKernels(device!));
    const due = await smoothed(loops, 1e6);
    for (const slab of [5 * 34 * 40, 1e6]) expect(relativeError(await smoothed(work, slab), due)).toBeLessThan(1e-6);
  });

  here("finds the particles of the loops", async () => {
    const edge = 48;
    const settings = { count: 12, box: [edge, edge, edge] as const, radius: 8, spread: 0.2, overlap: 0.1 };
    const balls = crowdedBalls(settings, draws(2, "balls"));
    const { phases } = phantom({ balls, cracks: [], hollows: [], caps: [] }, [edge, edge, edge], [1, 1, 1]);
    const work = kernelWork(lineKernels(device!));
    const wanted = { ...usualSegment, closing: 1 };
    const due = finished(segmentSteps(storedVolume(phases), wanted, memory, 1e6));
    const found = await paced(segmentSteps(storedVolume(phases), wanted, memory, 1e6, work), never);
    expect(found.settings.scale).toBe(due.settings.scale);
    const [same] = matching(due.labels.data.whole!, found.labels.data.whole!, [0.99]);
    expect(same).toMatchObject({ f1: 1, n_true: 12 });
  });
});

describe("work that waits", () => {
  it("is refused where nothing can wait", () => {
    function* waits(): Strides {
      yield Promise.resolve();
    }
    expect(() => finished(waits())).toThrow("waits for a kernel");
  });
});
