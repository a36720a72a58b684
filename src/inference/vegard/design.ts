import { draws } from "../../draws/draws.js";
import { basisField, mostDegree } from "./law-basis.js";
import type { PreparedParticle } from "./prepared.js";
import { type PlaneTensor, unitStrain } from "./stiffness.js";

/** Where strain zero is: the same in all pictures but unknown, unknown in each, or the lattice at composition 0. */
export const references = ["shared", "each", "exact"] as const;
export type Reference = (typeof references)[number];

export interface DesignSettings {
  /** 2: strain along both crystal axes; 3: their shear as well. */
  readonly components: 2 | 3;
  readonly mostDegree: number;
  readonly reference: Reference;
  /** Standard deviation of the noise in composition. */
  readonly compositionNoise: number;
  /** Pictures of noise from which its effect is told. */
  readonly noiseDraws: number;
  /** Edge of the squares of pixels whose errors may depend on each other. */
  readonly block: number;
  readonly seed: number;
}

/** What each coefficient of the law would have been measured as, in one particle. */
export interface Design {
  readonly name: string;
  readonly rows: number;
  /** Of the law with the highest degree: offsets first, then order by order, component by component. */
  readonly columns: number;
  /** `[column][row]` */
  readonly column: Float64Array;
  /** `[row]` measured strain. */
  readonly target: Float64Array;
  /** `[row]` */
  readonly block: Int32Array;
  readonly blocks: number;
  /** `[column][column]` what noise in composition adds to the columns' products. */
  readonly noise: Float64Array;
}

/** Number of offset columns. */
export function offsetColumns({ reference, components }: Pick<DesignSettings, "reference" | "components">): number {
  return reference === "shared" ? components : 0;
}

/** Solves equilibrium for each function of composition and each component, with one factorisation. */
export function designOf(particle: PreparedParticle, settings: DesignSettings): Design {
  const { rows, maps } = particle;
  const { components, compositionNoise, reference } = settings;
  const tensors = tensorsOf(components, maps.angle);
  const offsets = offsetColumns(settings);
  const columns = offsets + components * settings.mostDegree;
  const column = new Float64Array(columns * rows.length);
  for (let k = 0; k < offsets; k++) column.set(uniform(particle, tensors[k]), k * rows.length);
  const fields = basisFields(particle.composition, settings);
  column.set(responses(particle, tensors, fields), offsets * rows.length);
  const target = Float64Array.from(rows, (row) => maps.strain[row]);
  const noise = compositionNoise > 0 ? noiseProducts(particle, tensors, settings) : new Float64Array(columns * columns);
  const { width, height } = maps.grid;
  const places = rows.map((row) => row % (width * height));
  if (reference === "each") {
    for (let k = 0; k < columns; k++) removeMeans(rows, width * height, column.subarray(k * rows.length));
    removeMeans(rows, width * height, target);
  }
  return {
    name: maps.name,
    rows: rows.length,
    columns,
    column,
    target,
    noise,
    ...squares(places, width, settings.block),
  };
}

export function tensorsOf(components: 2 | 3, angle: number): PlaneTensor[] {
  return ([0, 1, 2] as const).slice(0, components).map((component) => unitStrain(component, angle));
}

function basisFields(composition: Float64Array, { mostDegree: most, compositionNoise }: DesignSettings) {
  return Array.from({ length: Math.min(most, mostDegree) }, (_, k) => basisField(k + 1, composition, compositionNoise));
}

function uniform({ rows, maps }: PreparedParticle, tensor: PlaneTensor): Float64Array {
  const pixels = maps.grid.width * maps.grid.height;
  return Float64Array.from(rows, (row) => tensor[Math.floor(row / pixels)]);
}

/** `[field][tensor][row]` */
function responses(particle: PreparedParticle, tensors: readonly PlaneTensor[], fields: readonly Float64Array[]) {
  const { rows, mechanics, composition } = particle;
  const strain = new Float64Array(3 * composition.length);
  const out = new Float64Array(fields.length * tensors.length * rows.length);
  let at = 0;
  for (const field of fields) {
    for (const tensor of tensors) {
      mechanics.respond(tensor, field, strain);
      for (const row of rows) out[at++] = strain[row];
    }
  }
  return out;
}

/** Mean products of the columns' errors: responses to noise, drawn anew. */
function noiseProducts(particle: PreparedParticle, tensors: readonly PlaneTensor[], settings: DesignSettings) {
  const { compositionNoise: sigma, noiseDraws, seed } = settings;
  const offsets = offsetColumns(settings);
  const rows = particle.rows.length;
  const inner = tensors.length * settings.mostDegree;
  const columns = offsets + inner;
  const products = new Float64Array(columns * columns);
  const random = draws(seed, `composition noise of ${particle.maps.name}`);
  const clean = basisFields(particle.composition, { ...settings, compositionNoise: 0 });
  for (let draw = 0; draw < noiseDraws; draw++) {
    const noisy = particle.composition.map((c) => c + sigma * random.normal());
    const errors = basisFields(noisy, settings).map((field, k) => field.map((value, p) => value - clean[k][p]));
    const column = responses(particle, tensors, errors);
    for (let i = 0; i < inner; i++)
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum += column[i * rows + row] * column[j * rows + row];
        products[(offsets + i) * columns + offsets + j] += sum / noiseDraws;
        if (i !== j) products[(offsets + j) * columns + offsets + i] += sum / noiseDraws;
      }
  }
  return products;
}

/** Takes the mean of each measured component off, in place. */
function removeMeans(rows: Int32Array, pixels: number, values: Float64Array): void {
  const [sum, count] = [new Float64Array(3), new Float64Array(3)];
  for (const [k, row] of rows.entries()) {
    sum[Math.floor(row / pixels)] += values[k];
    count[Math.floor(row / pixels)]++;
  }
  for (const [k, row] of rows.entries()) {
    const c = Math.floor(row / pixels);
    values[k] -= sum[c] / count[c];
  }
}

/** The square of `edge` × `edge` pixels in which each pixel lies, numbered from 0. */
export function squares(
  pixels: ArrayLike<number>,
  width: number,
  edge: number,
): { readonly block: Int32Array; readonly blocks: number } {
  const numbers = new Map<number, number>();
  const block = Int32Array.from(pixels, (pixel) => {
    const key = Math.floor(Math.floor(pixel / width) / edge) * width + Math.floor((pixel % width) / edge);
    if (!numbers.has(key)) numbers.set(key, numbers.size);
    return numbers.get(key)!;
  });
  return { block, blocks: numbers.size };
}
