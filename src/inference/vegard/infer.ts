import { finished, type Steps } from "../../imaging/steps/steps.js";
import { mean } from "../../statistics/mean.js";
import { whiteNoise } from "./composition-noise.js";
import { type Design, type DesignSettings, designOf, offsetColumns, tensorsOf } from "./design.js";
import { columnsOf, type HeldOut, holdOut } from "./held-out.js";
import { legendre, powersOf } from "./law-basis.js";
import { type ColumnFit, fitColumns, halfWidth } from "./law-fit.js";
import type { ParticleMaps } from "./particle-maps.js";
import { pixelwiseDesign } from "./pixelwise.js";
import { type MechanicsSettings, type PreparedParticle, prepareParticle } from "./prepared.js";

export interface VegardSettings extends MechanicsSettings, Omit<DesignSettings, "compositionNoise"> {
  /** Standard deviation of the noise in composition, or told from the maps. */
  readonly compositionNoise: number | "estimate";
  /** Name of the particle that the law is tested on; the first when absent. */
  readonly heldOut?: string;
}

export const usualVegard = {
  components: 2,
  mostDegree: 3,
  reference: "shared",
  compositionNoise: "estimate",
  noiseDraws: 2,
  block: 8,
  margin: 1,
  order: 2,
  seed: 0,
} as const satisfies Partial<VegardSettings>;

/** A factor of a power of composition in the eigenstrain along a component. */
export interface Coefficient {
  /** A crystal axis, or two for their shear. */
  readonly component: string;
  /** Power of composition; 0 is the strain at composition 0 against the reference of the measurement. */
  readonly order: number;
  readonly value: number;
  /** 95 %. */
  readonly interval: readonly [number, number];
  /** Without the correction for noise in composition. */
  readonly uncorrected: number;
}

export interface PixelwiseCoefficient extends Omit<Coefficient, "uncorrected"> {
  /** Value over the law's, less one. */
  readonly difference: number;
}

/** One law for several particles. */
export interface VegardLaw {
  readonly degree: number;
  readonly coefficients: readonly Coefficient[];
  /** With all powers up to the highest that the maps can tell. */
  readonly highest: readonly Coefficient[];
  readonly heldOut: HeldOut;
  /** Every other particle held out in its turn. */
  readonly rotation: readonly HeldOut[];
  readonly pixelwise: readonly PixelwiseCoefficient[];
  readonly compositionNoise: { readonly value: number; readonly estimated: boolean };
  /** Root mean square of measured less modelled strain, and of measured strain. */
  readonly rmse: number;
  readonly rows: number;
  readonly blocks: number;
}

export interface Inferred {
  readonly law: VegardLaw;
  readonly particles: readonly PreparedParticle[];
}

/**
 * The composition–eigenstrain law from aligned maps of particles.
 * @param tell hears how far it has come
 * @throws RangeError when the maps cannot tell a law.
 */
export function inferLaw(
  maps: readonly ParticleMaps[],
  settings: VegardSettings,
  tell: (message: string) => void = () => {},
): Inferred {
  return finished(inferSteps(maps, settings), ({ stage }) => tell(stage));
}

/** The same, in steps between which it can be left. */
export function* inferSteps(maps: readonly ParticleMaps[], settings: VegardSettings): Steps<Inferred> {
  if (maps.length === 0) throw new RangeError("Inferring a law: found no particle; give at least one.");
  const test = heldOutOf(maps, settings.heldOut);
  const particles: PreparedParticle[] = [];
  for (const each of maps) {
    yield { stage: `${each.name}: equilibrium …`, share: 0 };
    particles.push(prepareParticle(each, settings));
  }
  const compositionNoise = noiseOf(particles, settings);
  const own: DesignSettings = { ...settings, compositionNoise: compositionNoise.value };
  const designs: Design[] = [];
  for (const particle of particles) {
    yield { stage: `${particle.maps.name}: responses to composition …`, share: 0 };
    designs.push(designOf(particle, own));
  }
  yield { stage: "held-out particles", share: 0 };
  must(fitColumns(designs, columnsOf(1, own), true));
  const alone = maps.length === 1;
  const rotation = alone ? [] : designs.map((_, k) => holdOut(designs, k, own));
  const heldOut = alone ? onItself(designs, own) : rotation[test];
  const degree = heldOut.degree ?? 1;
  const names = componentNames(settings);
  const coefficients = coefficientsOf(designs, degree, own, names);
  const fit = must(fitColumns(designs, columnsOf(degree, own), compositionNoise.value > 0));
  const law: VegardLaw = {
    degree,
    coefficients,
    highest: coefficientsOf(designs, highestDegree(designs, degree, own), own, names),
    heldOut,
    rotation: rotation.filter((_, k) => k !== test),
    pixelwise: pixelwiseOf(particles, coefficients, degree, own, names),
    compositionNoise,
    rmse: fit.rmse,
    rows: fit.rows,
    blocks: fit.blocks,
  };
  return { law, particles };
}

function heldOutOf(maps: readonly ParticleMaps[], name: string | undefined): number {
  if (name === undefined) return 0;
  const test = maps.findIndex((each) => each.name === name);
  if (test >= 0) return test;
  const names = maps.map((each) => each.name).join(", ");
  throw new RangeError(`Holding a particle out: found no particle ${name}; there are ${names}.`);
}

function noiseOf(particles: readonly PreparedParticle[], { compositionNoise }: VegardSettings) {
  if (compositionNoise !== "estimate") return { value: compositionNoise, estimated: false };
  const squares = particles.map(({ maps, measured }) => whiteNoise(maps.grid, maps.composition, measured) ** 2);
  return { value: Math.sqrt(mean(squares)), estimated: true };
}

/** `a`, `c`, `ac`. */
function componentNames({ axes, components }: Pick<VegardSettings, "axes" | "components">): string[] {
  return [axes[0], axes[1], `${axes[0]}${axes[1]}`].slice(0, components);
}

/** With a single particle its blocks of pixels are parted by a chessboard: white ones are held out. */
function onItself(designs: readonly Design[], settings: DesignSettings): HeldOut {
  const [white, black] = [0, 1].map((colour) => everyOther(designs[0], colour));
  return holdOut([white, black], 0, settings);
}

function everyOther(design: Design, colour: number): Design {
  const rows = [...design.block.keys()].filter((row) => design.block[row] % 2 === colour);
  const column = new Float64Array(design.columns * rows.length);
  for (let k = 0; k < design.columns; k++)
    for (const [at, row] of rows.entries()) column[k * rows.length + at] = design.column[k * design.rows + row];
  return {
    ...design,
    name: `${design.name}, ${colour === 0 ? "even" : "odd"} blocks`,
    rows: rows.length,
    column,
    target: Float64Array.from(rows, (row) => design.target[row]),
    block: Int32Array.from(rows, (row) => Math.floor(design.block[row] / 2)),
    blocks: Math.ceil(design.blocks / 2),
  };
}

/** The highest degree that the maps can tell, from a chosen one on. */
function highestDegree(designs: readonly Design[], chosen: number, settings: DesignSettings): number {
  let degree = settings.mostDegree;
  while (degree > chosen && !fitColumns(designs, columnsOf(degree, settings), true).ok) degree--;
  return degree;
}

function must(outcome: ReturnType<typeof fitColumns>): ColumnFit {
  if (outcome.ok) return outcome.fit;
  throw new RangeError(`Inferring a law: ${outcome.reason}. Give more pictures, or a lower degree.`);
}

function coefficientsOf(
  designs: readonly Design[],
  degree: number,
  settings: DesignSettings,
  names: readonly string[],
): Coefficient[] {
  const sigma = settings.compositionNoise;
  const columns = columnsOf(degree, settings);
  const plain = must(fitColumns(designs, columns, false));
  const fit = sigma > 0 ? must(fitColumns(designs, columns, true)) : plain;
  const offsets = offsetColumns(settings);
  const width = halfWidth(fit.blocks);
  const spread = (weights: readonly (readonly [number, number])[]) => {
    let variance = 0;
    for (const [i, a] of weights) for (const [j, b] of weights) variance += a * b * fit.covariance.get(i, j);
    return width * Math.sqrt(Math.max(0, variance));
  };
  return names.flatMap((name, c) => {
    const places = Array.from({ length: degree }, (_, k) => offsets + k * settings.components + c);
    const powers = powersOf(
      places.map((place) => fit.factors[place]),
      0,
    );
    const raw = powersOf(
      places.map((place) => plain.factors[place]),
      sigma,
    );
    const zero = offsets > 0 ? [entry(name, 0, fit.factors[c], spread([[c, 1]]), plain.factors[c])] : [];
    const rest = powers.map((value, j) =>
      entry(name, j + 1, value, spread(places.map((place, k) => [place, legendre[k][j]] as const)), raw[j]),
    );
    return [...zero, ...rest];
  });
}

function entry(component: string, order: number, value: number, half: number, uncorrected: number): Coefficient {
  return { component, order, value, interval: [value - half, value + half], uncorrected };
}

function pixelwiseOf(
  particles: readonly PreparedParticle[],
  law: readonly Coefficient[],
  degree: number,
  settings: DesignSettings,
  names: readonly string[],
): PixelwiseCoefficient[] {
  const offset = settings.reference === "shared" ? 1 : 0;
  return names.flatMap((component, c) => {
    const designs = particles
      .map((particle) => pixelwiseDesign(particle, c as 0 | 1 | 2, settings))
      .filter(({ rows }) => rows > 0);
    const outcome = fitColumns(designs, offset + degree, false);
    if (!outcome.ok || designs.length === 0) return [];
    const { factors, covariance, blocks } = outcome.fit;
    const width = halfWidth(blocks);
    const powers = powersOf(factors.slice(offset), 0);
    return powers.map((value, j): PixelwiseCoefficient => {
      let variance = 0;
      for (let i = 0; i < degree; i++)
        for (let k = 0; k < degree; k++)
          variance += legendre[i][j] * legendre[k][j] * covariance.get(offset + i, offset + k);
      const half = width * Math.sqrt(Math.max(0, variance));
      const own = law.find((each) => each.component === component && each.order === j + 1)!;
      return {
        component,
        order: j + 1,
        value,
        interval: [value - half, value + half],
        difference: value / own.value - 1,
      };
    });
  });
}

/** Strain of the law in a particle, `[xx, yy, xy][pixel]`; NaN outside. Of an unknown reference the measurement's mean. */
export function modelStrain(particle: PreparedParticle, law: VegardLaw, settings: VegardSettings): Float64Array {
  const { mechanics, composition, maps, rows } = particle;
  const pixels = composition.length;
  const total = new Float64Array(3 * pixels);
  const one = new Float64Array(3 * pixels);
  const tensors = tensorsOf(settings.components, maps.angle);
  for (const [c, name] of componentNames(settings).entries()) {
    const own = law.coefficients.filter(({ component }) => component === name);
    const field = composition.map((x) => own.reduce((sum, { order, value }) => sum + value * x ** order, 0));
    mechanics.respond(tensors[c], field, one);
    for (let k = 0; k < total.length; k++) total[k] += one[k];
  }
  if (settings.reference !== "each") return total;
  for (let c = 0; c < 3; c++) {
    const known = rows.filter((row) => Math.floor(row / pixels) === c);
    const shift = known.reduce((sum, row) => sum + maps.strain[row] - total[row], 0) / Math.max(1, known.length);
    for (let p = 0; p < pixels; p++) total[c * pixels + p] += shift;
  }
  return total;
}
