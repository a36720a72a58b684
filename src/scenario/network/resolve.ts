import { sections } from "../../fem/coordinates/coordinates.js";
import { sightOf } from "../../network/neighbours/sight.js";
import type { Packing } from "../../space/packing.js";
import { patchDirections } from "../coverage/facing.js";
import { nominalCoverage } from "../coverage/nominal.js";
import type { Placed } from "../geometry.js";
import { note, type Reading } from "../reading.js";
import type { NetworkChoice } from "../scenario.js";
import type { ScenarioFile } from "../schema.js";
import { generatedPacking } from "./packing.js";
import { readParticles, tabledPacking } from "./particle-file.js";

/** The network of a file with a packing or a particle table. */
export function resolvePacked(file: ScenarioFile, reading: Reading): Placed | undefined {
  refuseKeysOfCircles(file, reading);
  const found = file.geometry.packing ? generated(file, reading) : tabled(file, reading);
  if (!found) return undefined;
  const { packing, own } = found;
  const coverage = nominalCoverage(file, own, packing, reading);
  const network = networkOf(file, packing, coverage, reading);
  return network && { geometry: geometryOf(packing), nominalCoverage: coverage, network };
}

/** The disks of a file that could be meshed as well. */
export function asNetwork(file: ScenarioFile, placed: Placed, reading: Reading): Placed | undefined {
  const { geometry, nominalCoverage: coverage } = placed;
  if (sections[geometry.kind].revolved) {
    note(reading, ["geometry", "kind"], {
      found: geometry.kind,
      allowed: "plane with fidelity network, whose collector is a plane below the particles; spheres: geometry.packing",
    });
    return undefined;
  }
  if (geometry.collector !== "bottom")
    note(reading, ["geometry", "collector"], { allowed: "bottom with fidelity network: depth 0 is the collector" });
  if (geometry.particles.length !== coverage.length) return undefined;
  const network = networkOf(file, diskPacking(geometry), coverage, reading);
  return network && { ...placed, network };
}

/** Circles of a plane geometry as a packing between walls. */
export function diskPacking(geometry: Pick<Placed["geometry"], "width" | "height"> & Circles): Packing {
  const { width, height, particles } = geometry;
  return {
    dimension: 2,
    box: [width, height, 0],
    periodic: false,
    centre: Float64Array.from(particles.flatMap(({ x, y }) => [x, y, 0])),
    radius: Float64Array.from(particles, ({ radius }) => radius),
  };
}

interface Circles {
  readonly particles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
}

interface Found {
  readonly packing: Packing;
  /** Coverage that particles bring along. */
  readonly own: readonly (number | undefined)[];
}

function generated(file: ScenarioFile, reading: Reading): Found | undefined {
  const packing = generatedPacking(file.geometry.packing!, file.seed, reading);
  return packing && { packing, own: new Array<undefined>(packing.radius.length).fill(undefined) };
}

function tabled(file: ScenarioFile, reading: Reading): Found | undefined {
  const path = ["geometry", "table"];
  const particles = readParticles(file.geometry.table!, path, reading);
  if (!particles) return undefined;
  const packing = tabledPacking(particles);
  const column = particles.columns.get("Coverage");
  const own = Array.from(packing.radius, (_, i) => {
    const share = column?.[i];
    return share === undefined || Number.isNaN(share) ? undefined : share;
  });
  const wrong = own.findIndex((share) => share !== undefined && !(share >= 0 && share <= 1));
  if (wrong >= 0)
    note(reading, path, { found: `coverage ${own[wrong]} in row ${wrong + 2}`, allowed: "coverage from 0 to 1" });
  return { packing, own };
}

function networkOf(
  file: ScenarioFile,
  packing: Packing,
  coverage: readonly number[],
  reading: Reading,
): NetworkChoice | undefined {
  const { facing, distribution } = file.coverage;
  const patch = patchDirections(facing, {
    packing,
    seed: file.seed,
    separator: file.geometry.separator ?? "top",
    cloud: { length: distribution?.correlationLength, seed: distribution?.seed ?? file.seed },
    reading,
  });
  if (!patch || coverage.length !== packing.radius.length) return undefined;
  const covered = { ...packing, coverage: Float64Array.from(coverage), patch };
  try {
    sightOf(covered);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    note(reading, ["geometry"], { found: "a packing that cannot be a network", allowed: error.message });
  }
  return { packing: covered, resolution: file.solver.network };
}

/** What tables and the report know of a packing besides. */
function geometryOf({ box, centre, radius, dimension }: Packing): Placed["geometry"] {
  return {
    kind: "plane",
    stressState: dimension === 2 ? "plane-strain" : null,
    width: box[0],
    height: box[1],
    particles: Array.from(radius, (r, i) => ({
      x: centre[3 * i],
      y: centre[3 * i + 1],
      ...(dimension === 3 && { z: centre[3 * i + 2] }),
      radius: r,
      high: [],
    })),
    collector: "bottom",
    separator: "top",
    mechanics: { bottom: "roller", right: "roller", top: "free", left: "roller" },
  };
}

function refuseKeysOfCircles(file: ScenarioFile, reading: Reading): void {
  const way = file.geometry.packing ? "packing" : "table";
  for (const key of ["kind", "stressState", "box", "collector", "separator", "mechanics"])
    if (reading.located.places.has(`geometry/${key}`))
      note(reading, ["geometry", key], {
        allowed: `nothing beside ${way}: its box follows, the collector is at depth 0`,
      });
}
