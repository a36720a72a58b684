import { planeStrain } from "../src/fem/coordinates/coordinates.js";
import { thermalVoltage } from "../src/fem/law/faraday.js";
import type { FeedbackLaw } from "../src/fem/law/law.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import { bareCathode, currentThrough, march } from "./bare-cathode.js";
import { dividerCurrents, dividerRatio, linearReactionError, slabCurrent } from "./closed-form/conduction.js";
import { type Column, columnsMesh } from "./mesh/columns.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const width = 4e-6;
const vT = thermalVoltage(298.15);

/** Branches of a circuit: columns of carbon/binder, each ending in a reaction with a film. */
export interface Circuit {
  readonly columns: readonly Column[];
  /** S/m, high and low. */
  readonly conductivity: readonly [number, number];
  /** Ω m² of the linear reaction, V_T/i0. */
  readonly reaction: number;
  /** Ω m² */
  readonly film: number;
  /** A/m², mean over the branches. */
  readonly density: number;
}

/** What a circuit does. */
export interface Loaded {
  /** A/m² by branch. */
  readonly density: Float64Array;
  /** V above the open-circuit potential. */
  readonly voltage: number;
}

/** Send a current through a circuit for an instant, by the whole model. */
export function load(circuit: Circuit): Loaded {
  const { columns, density } = circuit;
  const current = density * width * columns.length;
  const mesh = columnsMesh({ columns, width, particleThickness: 2e-6, across: 3, along: 4 });
  const film: FeedbackLaw = { filmResistance: () => circuit.film, activity: () => 1 };
  const spec = bareCathode(mesh, {
    coordinates: planeStrain,
    collector: "bottom",
    conductivity: circuit.conductivity,
    exchangeCurrent: constant(vT / circuit.reaction),
    openCircuitPotential: constant(0),
    feedback: film,
    protocol: currentThrough([1], current),
    currentScale: current,
    time: { sizes: { smallest: 1e-6, largest: 1 } },
  });
  const [{ voltage, particles }] = march(spec);
  return { density: particles.currentDensity, voltage };
}

/** Ω m² of a column's slabs in series. */
export function ohmic(column: Column, conductivity: readonly [number, number]): number {
  return column.layers.reduce((sum, { thickness, binder }) => sum + thickness / conductivity[binder], 0);
}

/** Largest relative error of branch currents and voltage against the resistors of the circuit. */
export function networkError(circuit: Circuit): number {
  const branches = circuit.columns.map((column) => ({
    ohmic: ohmic(column, circuit.conductivity),
    reaction: circuit.reaction,
    film: circuit.film,
  }));
  const exact = dividerCurrents(branches, circuit.density * circuit.columns.length);
  const found = load(circuit);
  const voltage = exact[0] * (branches[0].ohmic + branches[0].reaction + branches[0].film);
  return exact.reduce(
    (worst, i, k) => Math.max(worst, Math.abs(found.density[k] / i - 1)),
    Math.abs(found.voltage / voltage - 1),
  );
}

/** One slab per column, of these thicknesses and classes. */
export function slabs(...layers: readonly (readonly [thickness: number, binder: 0 | 1])[]): Column {
  return { layers: layers.map(([thickness, binder]) => ({ thickness, binder })) };
}

/** Four branches of one or more slabs in series, with a film that makes the reaction linear. */
export const network: Circuit = {
  columns: [slabs([5e-6, 0]), slabs([5e-6, 1]), slabs([2e-6, 0], [3e-6, 1]), slabs([1e-6, 1], [1e-6, 0], [3e-6, 1])],
  conductivity: [1, 1e-3],
  reaction: 1e-12,
  film: 0.02,
  density: 10,
};

/** Relative error of i_high/i_low of a branch of 0.0003 and one of 0.03 Ω m², each with a reaction and a film. */
export function dividerError(reaction: number, film: number): { readonly ratio: number; readonly error: number } {
  const columns = [slabs([5e-6, 0]), slabs([5e-6, 1])];
  const conductivity: [number, number] = [5e-6 / 0.0003, 5e-6 / 0.03];
  const { density } = load({ columns, conductivity, reaction, film, density: 0.01 });
  const ratio = density[0] / density[1];
  const exact = dividerRatio({ ohmic: 0.0003, reaction, film }, { ohmic: 0.03, reaction, film });
  return { ratio, error: ratio / exact - 1 };
}

/** How far i/η of a slab's reaction lies from 1/R_ct at this density, and what sinh says. */
export function linearLimit(density: number): { readonly found: number; readonly exact: number } {
  const [reaction, resistance] = [0.0128, 0.005];
  const { voltage } = load({
    columns: [slabs([5e-6, 0])],
    conductivity: [5e-6 / resistance, 1],
    reaction,
    film: 0,
    density,
  });
  const overpotential = voltage - density * resistance;
  return { found: (density * reaction) / overpotential - 1, exact: linearReactionError(overpotential, vT) };
}

/** Relative error of the current through a slab that ends in a reaction in its linear range. */
export function slabError(): number {
  const { voltage } = load({
    columns: [slabs([5e-6, 0])],
    conductivity: [1e-3, 1],
    reaction: 0.0128,
    film: 0,
    density: 0.1,
  });
  return 0.1 / slabCurrent(voltage, 5e-6, 1e-3, 0.0128) - 1;
}

/** Printed currents of the divider: i_h/i_l by damage, from the reaction that is left or from a film. */
const printed = [
  { name: "undamaged", reaction: 0.0128, film: 0, ratio: 3.267 },
  { name: "D 0.5, exchange", reaction: 0.0128 / 0.5, film: 0, ratio: 2.147 },
  { name: "D 0.9, exchange", reaction: 0.0128 / 0.1, film: 0, ratio: 1.231 },
  { name: "D 0.5, film", reaction: 0.0128, film: 0.02, ratio: 1.897 },
  { name: "D 0.9, film", reaction: 0.0128, film: 0.18, ratio: 1.154 },
] as const;

/** Resistors, dividers and the linear range of the reaction. */
export const circuits: ValidationCase = {
  name: "circuits",
  title: "networks of resistors, the two-branch divider and the linear range of the reaction",
  slow: false,
  run: async () => [
    atMost("resistor network of four branches", networkError(network), 1e-12),
    atMost("slab in series with a reaction", slabError(), 1e-3),
    ...printed.flatMap(({ name, reaction, film, ratio }) => {
      const found = dividerError(reaction, film);
      return [
        atMost(`divider, ${name}: i_h/i_l against the resistors`, found.error, 1e-4),
        atMost(`divider, ${name}: i_h/i_l less the printed ${ratio}`, found.ratio - ratio, 1e-3),
      ];
    }),
    ...[0.01, 0.15, 0.4, 0.8].map((density) => {
      const { found, exact } = linearLimit(density);
      const details = `departs by ${(100 * found).toPrecision(3)} % from the slope V_T/i0`;
      return atMost(`reaction at ${density} A/m²: departure from linear, less sinh's`, found - exact, 1e-7, details);
    }),
  ],
};
