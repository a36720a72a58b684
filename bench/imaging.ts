import { measure } from "../src/imaging/attribute/measure.js";
import { phaseInterfaces } from "../src/imaging/segmentation/phases.js";
import { segment, usualSegment } from "../src/imaging/segmentation/segment.js";
import { readVolume } from "../src/imaging/volume/files.js";
import { measuredFile } from "../validation/imaging/measured-data.js";

/** Stages of a measured cathode of 22.7 million voxels: wall and processor seconds, and the most memory so far. */
const path = measuredFile("nrel_nmc1cal", "nmc-1-cal_generatedCBD_bridge.tif");
if (path === null) throw new Error("Timing the imaging: the measured data are absent; set SYNCHRODE_DATA.");

let stage = "read";
let wall = performance.now();
let cpu = process.cpuUsage();

/** Prints the stage that ends, and begins the next. */
function next(name: string): void {
  const used = process.cpuUsage(cpu);
  const seconds = [(performance.now() - wall) / 1000, (used.user + used.system) / 1e6];
  const memory = process.resourceUsage().maxRSS / 1024;
  console.log(
    `${stage.padEnd(18)} ${seconds.map((value) => value.toFixed(2).padStart(7)).join(" ")} s  ${memory.toFixed(0)} MiB`,
  );
  [stage, wall, cpu] = [name, performance.now(), process.cpuUsage()];
}

const volume = await readVolume(path, [0.398, 0.398, 0.398]);
const { labels, map } = segment(volume, usualSegment, next);
next("attributes");
const { shape, voxelSize } = volume;
measure({ shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey: null });
next("interfaces");
phaseInterfaces(volume, [0, 1, 2]);
next("");
