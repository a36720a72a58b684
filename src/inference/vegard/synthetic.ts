import { draws } from "../../network/draws.js";
import { freeBody } from "./free-particle.js";
import type { Grid } from "./mechanics.js";
import type { ParticleMaps } from "./particle-maps.js";
import { levelsOf, pixelMesh } from "./pixel-mesh.js";
import { insidePlatelet, lithiumAt, type Platelet, platelets } from "./platelet.js";
import { type MechanicsSettings, stiffnessByComposition } from "./prepared.js";
import { type PlaneTensor, unitStrain } from "./stiffness.js";

/** A strip whose lattice is strained beyond its composition, as around a pair of dislocations. */
export interface Inclusion {
  /** Name of the particle. */
  readonly particle: string;
  /** Middle, half length and half thickness: shares of the picture's edge. */
  readonly x: number;
  readonly y: number;
  readonly halfLength: number;
  readonly halfThickness: number;
  /** rad from x towards y, along the strip. */
  readonly angle: number;
  /** Eigenstrain across the strip. */
  readonly strain: number;
}

/** Maps whose law is known. */
export interface SyntheticSettings {
  /** First so many of the platelets P1 to P5. */
  readonly particles: number;
  /** Edge of a picture. */
  readonly pixels: number;
  /** Finite elements see this many times more pixels along each edge than the maps have. */
  readonly fineness: number;
  /** Factors of c, c², c³ in the eigenstrain along the first and second axis, and of their shear. */
  readonly law: readonly (readonly number[])[];
  /** Half width of the border between the phases, pixels. */
  readonly border: number;
  readonly strainNoise: number;
  readonly compositionNoise: number;
  /** Share of pixels of each map that are lost. */
  readonly badPixels: number;
  readonly inclusions: readonly Inclusion[];
  /** By how much the composition's picture is displaced: pixels along x and y, and rad about the middle. */
  readonly displaced: { readonly x: number; readonly y: number; readonly angle: number };
  /** rad, first crystal axis from x towards y, of each particle in turn. */
  readonly angles: readonly number[];
  readonly seed: number;
}

export const usualSynthetic: SyntheticSettings = {
  particles: 5,
  pixels: 96,
  fineness: 1,
  law: [[0.0503], [-0.019], []],
  border: 2.5,
  strainNoise: 0,
  compositionNoise: 0,
  badPixels: 0,
  inclusions: [],
  displaced: { x: 0, y: 0, angle: 0 },
  angles: [0],
  seed: 1,
};

export interface SyntheticParticle {
  readonly maps: ParticleMaps;
  /** Composition as its own instrument sees it, displaced, and where the particle is in that picture. */
  readonly displaced: { readonly composition: Float64Array; readonly mask: Uint8Array };
  /** `[xx, yy, xy][pixel]` strain that the inclusions add; NaN outside. */
  readonly added: Float64Array;
}

/** @throws RangeError when a setting is impossible. */
export function syntheticParticles(
  settings: SyntheticSettings,
  mechanics: MechanicsSettings,
  tell: (message: string) => void = () => {},
): SyntheticParticle[] {
  if (!(settings.particles >= 1 && settings.particles <= platelets.length))
    throw new RangeError(
      `Making maps: found ${settings.particles} particles; allowed: 1 to ${platelets.length}, as many as there are shapes.`,
    );
  const unknown = settings.inclusions.find(({ particle }) => !platelets.some(({ name }) => name === particle));
  if (unknown) throw new RangeError(`Making maps: found an inclusion in ${unknown.particle}; allowed: P1 to P5.`);
  return platelets.slice(0, settings.particles).map((platelet, k) => {
    tell(`${platelet.name}: making its maps …`);
    const angle = settings.angles[k % settings.angles.length] ?? 0;
    return withFaults(syntheticParticle(platelet, angle, settings, mechanics), settings);
  });
}

function syntheticParticle(
  platelet: Platelet,
  angle: number,
  settings: SyntheticSettings,
  mechanics: MechanicsSettings,
): SyntheticParticle {
  const { pixels, law, inclusions } = settings;
  const edge = pixels * settings.fineness;
  const fine: Grid = { width: edge, height: edge, pixel: [1 / edge, 1 / edge] };
  const mesh = pixelMesh(
    fine,
    levelsOf(fine, (x, y) => insidePlatelet(platelet, x - 0.5, y - 0.5)),
  );
  const lithium = (x: number, y: number) => lithiumAt(platelet, x, y, settings.border / pixels);
  const fineLithium = Float64Array.from({ length: edge * edge }, (_, k) =>
    lithium(((k % edge) + 0.5) / edge - 0.5, (Math.floor(k / edge) + 0.5) / edge - 0.5),
  );
  const stiffness = stiffnessByComposition({ angle }, fineLithium, mechanics);
  const body = freeBody(fine, mesh, (cell) => stiffness(mesh.pixel[cell]!), 2);
  const places = body.places.map((place) => place - 0.5);
  const atPoints = Float64Array.from({ length: places.length / 2 }, (_, k) =>
    lithium(places[2 * k]!, places[2 * k + 1]!),
  );
  const [response, total, added] = [0, 1, 2].map(() => new Float64Array(3 * edge * edge)) as Maps3;
  const add = (tensor: PlaneTensor, amount: Float64Array, to: Float64Array) => {
    body.respond(tensor, amount, response);
    for (let k = 0; k < to.length; k++) to[k]! += response[k]!;
  };
  for (const [c, factors] of law.entries()) {
    const amount = atPoints.map((x) => factors.reduce((sum, factor, j) => sum + factor * x ** (j + 1), 0));
    if (factors.length > 0) add(unitStrain(c as 0 | 1 | 2, angle), amount, total);
  }
  for (const inclusion of inclusions.filter(({ particle }) => particle === platelet.name))
    add(unitStrain(1, inclusion.angle), stripAmount(inclusion, places), added);
  const { areas, points } = body;
  const shareOf = pixelSums(settings, mesh.pixel, points, areas);
  const mask = shareOf.map((area) => Math.min(1, area * pixels ** 2));
  const pixelArea = new Float64Array(edge * edge);
  for (const [k, area] of areas.entries()) pixelArea[mesh.pixel[Math.floor(k / points)]!]! += area;
  const one = Int32Array.from(pixelArea.keys());
  const means = (strain: Float64Array) => {
    const weighted = strain.map((value, k) =>
      pixelArea[k % one.length]! > 0 ? value * pixelArea[k % one.length]! : 0,
    );
    return inMask(
      mask,
      shareOf,
      [0, 1, 2].map((c) => pixelSums(settings, one, 1, weighted.subarray(c * one.length, (c + 1) * one.length))),
    );
  };
  const extra = means(added);
  const strain = means(total).map((value, k) => value + extra[k]!);
  const composition = inMask(mask, shareOf, [
    pixelSums(
      settings,
      mesh.pixel,
      points,
      atPoints.map((x, k) => x * areas[k]!),
    ),
  ]);
  const grid: Grid = { width: pixels, height: pixels, pixel: [1, 1] };
  const maps = { name: platelet.name, grid, composition, strain, mask, angle };
  return { maps, displaced: displacedPicture(platelet, settings), added: extra };
}

type Maps3 = [Float64Array, Float64Array, Float64Array];

/** `[cell][point]` @param places `[cell][point][2]` */
function stripAmount({ x, y, angle, halfLength, halfThickness, strain }: Inclusion, places: Float64Array) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return Float64Array.from({ length: places.length / 2 }, (_, k) => {
    const [dx, dy] = [places[2 * k]! - x, places[2 * k + 1]! - y];
    return Math.abs(c * dx + s * dy) < halfLength && Math.abs(c * dy - s * dx) < halfThickness ? strain : 0;
  });
}

/** Sums over each pixel of the maps. @param fine the fine pixel of each group of `points` values */
function pixelSums({ pixels, fineness }: SyntheticSettings, fine: Int32Array, points: number, values: Float64Array) {
  const edge = pixels * fineness;
  const sums = new Float64Array(pixels * pixels);
  for (const [k, value] of values.entries()) {
    const at = fine[Math.floor(k / points)]!;
    sums[Math.floor(Math.floor(at / edge) / fineness) * pixels + Math.floor((at % edge) / fineness)]! += value;
  }
  return sums;
}

/** Sums over areas one after another; NaN outside the mask. */
function inMask(mask: Float64Array, area: Float64Array, sums: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(sums.length * mask.length);
  for (const [c, sum] of sums.entries())
    for (let p = 0; p < mask.length; p++) out[c * mask.length + p] = mask[p]! >= 0.5 ? sum[p]! / area[p]! : Number.NaN;
  return out;
}

/** The composition's picture by an instrument that is displaced and turned against the strain's. */
function displacedPicture(platelet: Platelet, { pixels, border, displaced }: SyntheticSettings) {
  const [c, s] = [Math.cos(displaced.angle), Math.sin(displaced.angle)];
  const composition = new Float64Array(pixels * pixels).fill(Number.NaN);
  const mask = new Uint8Array(pixels * pixels);
  for (let k = 0; k < mask.length; k++) {
    const u = ((k % pixels) + 0.5 - displaced.x) / pixels - 0.5;
    const v = (Math.floor(k / pixels) + 0.5 - displaced.y) / pixels - 0.5;
    const [x, y] = [c * u + s * v, c * v - s * u];
    if (insidePlatelet(platelet, x, y) <= 0) continue;
    mask[k] = 1;
    composition[k] = lithiumAt(platelet, x, y, border / pixels);
  }
  return { composition, mask };
}

/** Adds noise and takes pixels away; each kind from random numbers of its own. */
function withFaults(particle: SyntheticParticle, settings: SyntheticSettings): SyntheticParticle {
  const { maps, displaced, added } = particle;
  const { strainNoise, compositionNoise, badPixels, seed } = settings;
  const stream = (what: string) => draws(seed, `${what} of ${maps.name}`);
  const noisy = (values: Float64Array, noise: number, what: string) => {
    const [random, lost] = [stream(`${what} noise`), stream(`lost ${what}`)];
    const pixels = maps.mask.length;
    const bad = Array.from({ length: pixels }, () => lost.uniform() < badPixels);
    return values.map((value, k) => {
      const noisyValue = value + (noise > 0 ? noise * random.normal() : 0);
      return bad[k % pixels] ? Number.NaN : noisyValue;
    });
  };
  return {
    maps: {
      ...maps,
      composition: noisy(maps.composition, compositionNoise, "composition"),
      strain: noisy(maps.strain, strainNoise, "strain"),
    },
    displaced: { ...displaced, composition: noisy(displaced.composition, compositionNoise, "composition") },
    added,
  };
}
