import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { measureSteps, usualMeasure } from "../src/imaging/attribute/measure.js";
import { storedInterfaces } from "../src/imaging/matter/phases.js";
import { segmentSteps, usualSegment } from "../src/imaging/segmentation/segment.js";
import { finished, type Part, stage } from "../src/imaging/steps/steps.js";
import { onDisk } from "../src/imaging/volume/disk-store.js";
import { readVolume } from "../src/imaging/volume/files.js";
import { usualSlab } from "../src/imaging/volume/slab.js";
import { memory } from "../src/imaging/volume/store.js";
import { readStored } from "../src/imaging/volume/stored-picture.js";
import { writeSlices } from "../src/imaging/volume/tiff-writer.js";
import { type Shape, voxelType } from "../src/imaging/volume/volume.js";
import { measuredFile } from "../validation/measured-data.js";

/**
 * Stages of a measured cathode of 22.7 million voxels: wall and processor seconds, and the most memory so far. `--chunk 128`
 * keeps voxels on disk; `--tiled 2` repeats the cathode as often along each axis, 8 × 22.7 million voxels.
 */
const { values: options } = parseArgs({
  options: { chunk: { type: "string" }, tiled: { type: "string", default: "1" } },
});
const measured = measuredFile("nrel_nmc1cal", "nmc-1-cal_generatedCBD_bridge.tif");
if (measured === null) throw new Error("Timing the imaging: the measured data are absent; set SYNCHRODE_DATA.");
const edge = [0.398, 0.398, 0.398] as const;
const folder = mkdtempSync(join(tmpdir(), "synchrode-bench-"));

let now = "read";
let wall = performance.now();
let cpu = process.cpuUsage();

/** Prints the stage that ends, and begins the next. */
function next(name: string): void {
  const used = process.cpuUsage(cpu);
  const seconds = [(performance.now() - wall) / 1000, (used.user + used.system) / 1e6];
  const most = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${now.padEnd(18)} ${seconds.map((value) => value.toFixed(2).padStart(7)).join(" ")} s  ${most.toFixed(0)} MiB`,
  );
  [now, wall, cpu] = [name, performance.now(), process.cpuUsage()];
}

const told = ({ stage: name, share }: Part) => share === 0 && next(name);

/** Writes the cathode repeated `times` along each axis. */
async function tiled(path: string, times: number): Promise<string> {
  const { data, shape } = await readVolume(path, edge);
  const [nz, ny, nx] = shape;
  const large: Shape = [times * nz, times * ny, times * nx];
  const page = data.slice(0, large[1] * large[2]);
  const slice = (z: number) => {
    for (let y = 0; y < large[1]; y++) {
      const from = ((z % nz) * ny + (y % ny)) * nx;
      for (let x = 0; x < times; x++) page.set(data.subarray(from, from + nx), y * large[2] + x * nx);
    }
    return page;
  };
  const to = join(folder, "tiled.tif");
  finished(writeSlices(to, { shape: large, voxelSize: edge, type: voxelType(data) }, slice));
  return to;
}

try {
  const times = Number(options.tiled);
  const path = times === 1 ? measured : await tiled(measured, times);
  next("read");
  const scratch = options.chunk === undefined ? memory : onDisk(folder);
  const slab = options.chunk === undefined ? usualSlab : Number(options.chunk) ** 3;
  const picture = { ...(await readStored(path, (pages) => ({ pages }), scratch)), voxelSize: edge };
  const { labels, map } = finished(segmentSteps(picture, usualSegment, scratch, slab), told);
  next("attributes");
  const { shape, voxelSize } = picture;
  const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey: null };
  const { particles } = finished(measureSteps(specimen, usualMeasure, scratch, slab));
  finished(stage("interfaces", storedInterfaces(picture, map.phases!, slab)), told);
  next("");
  console.log(`${particles.rows} particles in ${shape.join(" × ")} voxels`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
