import { type Draws, draws } from "../../draws/draws.js";
import { pow } from "../../elementary/elementary.js";
import { ballMeasure, type Domain, type Packing, solidFraction, solidMeasure } from "../../space/packing.js";
import { anneal, relax } from "./relaxation.js";
import { depthsByVolume, type Start, scattered } from "./start.js";

/** A dense packing to be made. */
export interface PackingSpec {
  readonly dimension: 2 | 3;
  /** m, [particle]; given, or from `takeRadii`. */
  readonly radius: Float64Array;
  /** Share of the box to fill, by volume in 3-D and by area in 2-D. */
  readonly solidFraction: number;
  /** Lengths of the box's sides to each other, depth last; a cube or square when left out. */
  readonly aspect?: readonly number[];
  /** Whether the sides repeat instead of being walls. */
  readonly periodic: boolean;
  readonly seed: number;
  /** m between any two surfaces at least, half of it between a surface and a wall; 0 when left out. */
  readonly clearance?: number;
  /** Radius at the separator less radius at the collector, over the mean of both; radii are multiplied by the profile. */
  readonly gradient?: number;
  /** Correlation of size with depth, −1 … 1; the radii stay what they are. */
  readonly segregation?: number;
  /** Where particles begin; `scattered` when left out. */
  readonly start?: Start;
}

/** A packing, or why none was found. */
export type PackingResult =
  | { readonly ok: true; readonly packing: Packing }
  | {
      readonly ok: false;
      readonly reason: string;
      readonly wanted: number;
      readonly reached: number;
      /** Without overlap, in a larger box, at the reached fraction. */
      readonly packing: Packing;
    };

/** Radii are this much larger while particles are pushed apart; when overlaps are below it, the true radii have none. */
const MARGIN = 1e-3;
const TOLERANCE = 0.99 * MARGIN;
const FIRST_ITERATIONS = 1500;
const ITERATIONS = 800;
/** Annealing while the wanted fraction is not reached, see `anneal`; given up where more than `most` overlap is left. */
const rounds = [
  { heat: 0.005, steps: 300, most: 0.06 },
  { heat: 0.005, steps: 1000, most: 0.04 },
  { heat: 0.005, steps: 3000, most: 0.02 },
  { heat: 0.01, steps: 8000, most: 0.01 },
  { heat: 0.01, steps: 16000, most: 0.01 },
  { heat: 0.01, steps: 16000, most: 0 },
];
/** Halvings of the range in which the densest packing is looked for when the wanted one is out of reach. */
const HALVINGS = 6;

/**
 * Packs spheres or disks at random: points are scattered, pushed apart as soft balls, and where they jam, shaken and cooled
 * more and more slowly. No two overlap, not by a bit. The same request gives the same bits.
 * Soft balls from random points: O'Hern et al., Phys. Rev. E 68 (2003) 011306.
 * @throws RangeError for a request that no packing can meet.
 */
export function packAtRandom(spec: PackingSpec): PackingResult {
  check(spec);
  const random = draws(spec.seed, "packing");
  const depth = depthsByVolume(spec.dimension, spec.radius, spec.segregation ?? 0, random);
  const radius = spec.radius.map((r, i) => r * (1 + (spec.gradient ?? 0) * (depth[i] - 0.5)));
  const domain = domainFor(spec, radius);
  const swollen = radius.map((r) => (r + (spec.clearance ?? 0) / 2) * (1 + MARGIN));
  const centre = (spec.start ?? scattered)(domain, swollen, depth, random);
  if (pushApart(domain, centre, swollen, random)) return { ok: true, packing: { ...domain, centre, radius } };
  return outOfReach(spec, { ...domain, ...densest(domain, centre, swollen), radius });
}

/** The packing of a result. @throws Error with the reason where the wanted fraction was not reached. */
export function packed(result: PackingResult): Packing {
  if (!result.ok) throw new Error(result.reason);
  return result.packing;
}

/** Whether no overlap is left. */
function pushApart(domain: Domain, centre: Float64Array, radius: Float64Array, random: Draws): boolean {
  let relaxed = relax(domain, centre, radius, TOLERANCE, FIRST_ITERATIONS);
  for (const { heat, steps, most } of rounds) {
    if (relaxed.ok) return true;
    anneal(domain, centre, radius, random, heat, steps);
    relaxed = relax(domain, centre, radius, TOLERANCE, ITERATIONS);
    if (relaxed.overlap > most) break;
  }
  return relaxed.ok;
}

/** The smallest box, by halving, in which jammed particles lose their overlaps; distances grow with the box. */
function densest(domain: Domain, jammed: Float64Array, radius: Float64Array): Pick<Packing, "box" | "centre"> {
  const stretched = (by: number) => {
    const box = domain.box.map((side) => side * by) as [number, number, number];
    return { box, centre: jammed.map((at) => at * by) };
  };
  let [low, high] = [1, 1.05];
  let best: Pick<Packing, "box" | "centre"> | null = null;
  for (let k = 0; k < HALVINGS || best === null; k++) {
    const by = best === null ? high : (low + high) / 2;
    const trial = stretched(by);
    if (relax({ ...domain, box: trial.box }, trial.centre, radius, TOLERANCE, ITERATIONS).ok) {
      best = trial;
      high = by;
    } else {
      low = by;
      if (best === null) high *= 1.05;
    }
  }
  return best;
}

function outOfReach(spec: PackingSpec, packing: Packing): PackingResult {
  const reached = solidFraction(packing);
  return {
    ok: false,
    wanted: spec.solidFraction,
    reached,
    packing,
    reason:
      `Packing ${packing.radius.length} particles to a solid fraction of ${spec.solidFraction}: reached ${reached.toFixed(4)}. ` +
      `Ask for less, ${spec.periodic ? "" : "make the sides periodic, "}take more particles or more unequal radii` +
      `${spec.clearance ? ", or lessen the clearance" : ""}.`,
  };
}

function domainFor(spec: PackingSpec, radius: Float64Array): Domain {
  const { dimension, periodic, solidFraction } = spec;
  const aspect = spec.aspect ?? [1, 1, 1].slice(0, dimension);
  const product = aspect.reduce((a, b) => a * b, 1);
  const unit = pow(solidMeasure(dimension, radius) / (solidFraction * product), 1 / dimension);
  return { dimension, periodic, box: [unit * aspect[0], unit * aspect[1], dimension === 3 ? unit * aspect[2] : 0] };
}

function check(spec: PackingSpec): void {
  const { dimension, radius, solidFraction, aspect, clearance = 0, gradient = 0, segregation = 0 } = spec;
  const refuse = (found: string, allowed: string) => {
    throw new RangeError(`Packing particles: ${found}; ${allowed}.`);
  };
  if (radius.length === 0) refuse("there are no radii", "give at least one");
  const wrong = radius.find((r) => !(r > 0 && ballMeasure(dimension, r) < Infinity));
  if (wrong !== undefined) refuse(`a radius is ${wrong} m`, "radii are lengths above 0");
  if (!(solidFraction > 0 && solidFraction < 1))
    refuse(`the solid fraction is ${solidFraction}`, "allowed is above 0 and below 1");
  if (aspect && !(aspect.length === dimension && aspect.every((a) => a > 0 && a < Infinity)))
    refuse(`the aspect is ${aspect.join(" : ")}`, `give ${dimension} numbers above 0, depth last`);
  if (!(clearance >= 0 && clearance < Infinity)) refuse(`the clearance is ${clearance} m`, "give a length from 0");
  if (!(Math.abs(gradient) < 2)) refuse(`the gradient of the radius is ${gradient}`, "allowed is above −2 and below 2");
  if (!(Math.abs(segregation) <= 1)) refuse(`the segregation is ${segregation}`, "allowed is −1 to 1");
}
