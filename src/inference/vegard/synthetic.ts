import { draws } from "../../draws/draws.js";
import { coarseMeans } from "./coarse-means.js";
import { type FreeBody, freeBody } from "./free-particle.js";
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
  /** Factors of composition, its square and its cube in the eigenstrain along the first and second axis, and of their shear. */
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
  const { pixels, fineness, law, inclusions, border } = settings;
  const edge = pixels * fineness;
  const fine: Grid = { width: edge, height: edge, pixel: [1 / edge, 1 / edge] };
  const mesh = pixelMesh(
    fine,
    levelsOf(fine, (x, y) => insidePlatelet(platelet, x - 0.5, y - 0.5)),
  );
  const lithium = (x: number, y: number) => lithiumAt(platelet, x, y, border / pixels);
  const fineLithium = Float64Array.from({ length: edge * edge }, (_, k) =>
    lithium(((k % edge) + 0.5) / edge - 0.5, (Math.floor(k / edge) + 0.5) / edge - 0.5),
  );
  const stiffness = stiffnessByComposition({ angle }, fineLithium, mechanics);
  const body = freeBody(fine, mesh, (cell) => stiffness(mesh.pixel[cell]), 2);
  const places = body.places.map((place) => place - 0.5);
  const atPoints = body.areas.map((_, k) => lithium(places[2 * k], places[2 * k + 1]));
  const loads = law.map((factors, c): Load => {
    const amount = atPoints.map((x) => factors.reduce((sum, factor, j) => sum + factor * x ** (j + 1), 0));
    return [unitStrain(c as 0 | 1 | 2, angle), amount];
  });
  const strips = inclusions
    .filter(({ particle }) => particle === platelet.name)
    .map((strip): Load => [unitStrain(1, strip.angle), stripAmount(strip, places)]);
  const means = coarseMeans(pixels, fineness, mesh, body);
  const added = means.ofFine(strainUnder(strips, body, edge));
  const strain = means.ofFine(strainUnder(loads, body, edge)).map((value, k) => value + added[k]);
  const grid: Grid = { width: pixels, height: pixels, pixel: [1, 1] };
  const mask = means.area.map((area) => Math.min(1, area * pixels ** 2));
  const maps = { name: platelet.name, grid, composition: means.ofPoints(atPoints), strain, mask, angle };
  return { maps, displaced: displacedPicture(platelet, settings), added };
}

/** A unit strain and how much of it there is, `[cell][point]`. */
type Load = readonly [tensor: PlaneTensor, amount: Float64Array];

/** `[xx, yy, xy][fine pixel]` */
function strainUnder(loads: readonly Load[], body: FreeBody, edge: number): Float64Array {
  const total = new Float64Array(3 * edge * edge);
  const one = new Float64Array(3 * edge * edge);
  for (const [tensor, amount] of loads) {
    body.respond(tensor, amount, one);
    for (let k = 0; k < total.length; k++) total[k] += one[k];
  }
  return total;
}

/** `[cell][point]` @param places `[cell][point][2]` */
function stripAmount({ x, y, angle, halfLength, halfThickness, strain }: Inclusion, places: Float64Array) {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return Float64Array.from({ length: places.length / 2 }, (_, k) => {
    const [dx, dy] = [places[2 * k] - x, places[2 * k + 1] - y];
    return Math.abs(c * dx + s * dy) < halfLength && Math.abs(c * dy - s * dx) < halfThickness ? strain : 0;
  });
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
