import { draws } from "../../src/draws/draws.js";
import { calibration } from "../../src/imaging/attribute/calibration.js";
import { measure } from "../../src/imaging/attribute/measure.js";
import { looks } from "../../src/imaging/attribute/physical.js";
import { type Radial, radialFindings, usualRadial } from "../../src/imaging/attribute/radial-columns.js";
import { gaussian } from "../../src/imaging/filter/gaussian.js";
import { makePhantom, type PhantomRecipe } from "../../src/imaging/phantom/recipe.js";
import { type ColumnError, truthErrors } from "../../src/imaging/phantom/truth-errors.js";
import { truthTable } from "../../src/imaging/phantom/truth-table.js";
import { wholeRows } from "../../src/inference/measured/findings.js";
import { sizeRelation } from "../../src/inference/measured/size-relation.js";
import { readPhantom } from "../../src/scenario/imaging/phantom-file.js";
import { mean } from "../../src/statistics/mean.js";
import { columnOf, type ParticleTable, particleTable } from "../../src/table/particle-table.js";

/** A painted electrode, measured with its true labels. */
export interface MeasuredElectrode {
  readonly recipe: PhantomRecipe;
  readonly truth: ParticleTable;
  readonly table: ParticleTable;
  readonly radial: Radial;
  readonly errors: ReadonlyMap<string, ColumnError>;
}

/**
 * The default phantom with another seed, its grey levels read by the calibration they were painted with.
 * @param sharedNoise µm over which the noise of neighbouring voxels is alike; 0 for noise of each voxel by itself
 */
export function measuredElectrode(
  seed: number,
  sharedNoise = 0,
  change: Partial<PhantomRecipe> = {},
): MeasuredElectrode {
  const recipe = { ...readPhantom(), seed, ...change };
  const { noise } = recipe.look;
  const made = makePhantom(sharedNoise > 0 ? { ...recipe, look: { ...recipe.look, noise: 0 } } : recipe);
  const { phases, labels, truth } = made.phantom;
  const grey = sharedNoise > 0 ? withSharedNoise(made.grey.data, phases, noise, sharedNoise, seed) : made.grey.data;
  const specimen = {
    shape: phases.shape,
    voxelSize: phases.voxelSize,
    labels,
    count: truth.length,
    matter: phases.data,
    grey,
  };
  const radial = radialFindings(specimen, usualRadial(specimen), paintedCalibration(recipe));
  const { particles } = measure(specimen);
  const table = particleTable({ ...Object.fromEntries(particles.columns), ...radial.columns });
  const known = truthTable(made);
  const errors = truthErrors({ labels, table: known }, { labels, table });
  return { recipe, truth: known, table, radial, errors: new Map(errors.columns.map((each) => [each.column, each])) };
}

function paintedCalibration({ levels: { pore, empty, full } }: PhantomRecipe) {
  const density = (grey: number) => 1 + 0.002 * grey;
  const reference = (name: string, greyLevel: number) => ({
    name,
    greyLevel,
    deviation: 0,
    electronDensity: density(greyLevel),
  });
  const state = (stoichiometry: number, grey: number) => ({
    stoichiometry,
    electronDensity: density(grey),
    deviation: 0,
  });
  return calibration({
    references: [reference("pore", pore), reference("empty", empty)],
    states: [state(0, empty), state(1, full)],
    unseenVoid: 0,
    composition: 0,
  });
}

/** Noise of one standard deviation that is alike over a length. */
function withSharedNoise(
  data: Uint8Array,
  {
    shape,
    voxelSize,
  }: { readonly shape: readonly [number, number, number]; readonly voxelSize: readonly [number, number, number] },
  deviation: number,
  length: number,
  seed: number,
): Float32Array {
  const random = draws(seed, "shared noise");
  const noise = Float32Array.from(data, () => random.normal());
  gaussian(noise, shape, [length / voxelSize[0], length / voxelSize[1], length / voxelSize[2]]);
  const root = Math.sqrt(noise.reduce((sum, value) => sum + value * value, 0) / noise.length);
  return noise.map((value, i) => data[i] + (deviation * value) / root);
}

/** Largest difference of a column from the truth, over whole particles, and how many there are. */
export function worst({ truth, table }: MeasuredElectrode, column: string): number {
  const [due, found, edge] = [columnOf(truth, column), columnOf(table, column), columnOf(table, "Touches edge")];
  return due.reduce((most, value, k) => (edge[k] === 1 ? most : Math.max(most, Math.abs(found[k] - value))), 0);
}

/** Roots of mean squares of detachment's errors by the way faces look. */
export function detachmentByWay({ errors }: MeasuredElectrode): number[] {
  return looks.map((look) => errors.get(`Detachment towards ${look}`)!.deviation);
}

/** Spread of detachment in bins of size: measured less true, the most of all bins. */
export function spreadError({ truth, table }: MeasuredElectrode): number {
  const whole = wholeRows(table);
  const rows = new Set(columnOf(whole, "Particle"));
  const size = columnOf(whole, "Particle radius [um]");
  const due = columnOf(truth, "Detachment").filter((_, k) => rows.has(k + 1));
  const [found, planted] = [columnOf(whole, "Detachment"), due].map((value) => sizeRelation(size, value, 10, 1)!);
  return Math.max(...found.bins.map(({ deviation }, k) => Math.abs(deviation - planted.bins[k].deviation)));
}

/** Of every shell of every whole particle: mean and root mean square of stoichiometry found less planted, over the stated error. */
export function shellErrors({ truth, table, radial }: MeasuredElectrode) {
  const rows = radial.byFraction;
  const [particle, depth, found, stated] = ["Particle", "Depth fraction", "Stoichiometry", "Stoichiometry error"].map(
    (name) => columnOf(rows, name),
  );
  const [surface, centre, edge] = [
    columnOf(truth, "Surface stoichiometry"),
    columnOf(truth, "Centre stoichiometry"),
    columnOf(table, "Touches edge"),
  ];
  const over: number[] = [];
  const off: number[] = [];
  for (let row = 0; row < rows.rows; row++) {
    const k = particle[row] - 1;
    if (edge[k] === 1 || !Number.isFinite(found[row])) continue;
    const due = surface[k] + (centre[k] - surface[k]) * depth[row];
    off.push(found[row] - due);
    over.push((found[row] - due) / stated[row]);
  }
  return { shells: off.length, bias: mean(off), overError: Math.sqrt(mean(over.map((value) => value * value))) };
}
