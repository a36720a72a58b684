import { basename } from "node:path";
import { z } from "zod";
import { FARADAY } from "../fem/law/faraday.js";
import { readDocument } from "./document.js";
import { expressionFunction } from "./expression.js";
import { type Fault, InputFault } from "./faults.js";
import { faultAt, faultsOf } from "./issues.js";
import type { FunctionChoice } from "./scenario.js";

/**
 * The positive electrode of a Battery Parameter eXchange file (BPX, Faraday Institution; versions 0.x and 1.x):
 * a function is a number, a formula in x, or a table {x, y}. Everything else in the file is left alone.
 */

/** The material of a BPX file as a scenario takes it. */
export interface BpxMaterial {
  readonly name: string;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly openCircuitPotential: FunctionChoice;
  readonly diffusivity: FunctionChoice;
  readonly exchangeCurrent: FunctionChoice;
  /** Largest less smallest stoichiometry, when the file gives both. */
  readonly usableWindow?: number;
  /** m */
  readonly particleRadius: number;
}

const positive = (what: string) => z.number({ error: what }).gt(0, { error: what });
const points = z
  .array(z.number({ error: "a number" }), { error: "a list of numbers" })
  .min(2, { error: "two numbers or more" });
const bpxFunction = z.union([z.number(), z.string().min(1), z.object({ x: points, y: points })], {
  error: 'a number, a formula in x, or a table {"x": […], "y": […]}',
});

const electrode = z.object(
  {
    "Particle radius [m]": positive("a radius in m, above 0"),
    "Maximum concentration [mol.m-3]": positive("a concentration in mol/m3, above 0"),
    "OCP [V]": bpxFunction,
    "Diffusivity [m2.s-1]": bpxFunction,
    "Reaction rate constant [mol.m-2.s-1]": positive("a rate constant in mol/(m2 s), above 0"),
    "Minimum stoichiometry": z.number({ error: "a number" }).min(0).max(1).optional(),
    "Maximum stoichiometry": z.number({ error: "a number" }).min(0).max(1).optional(),
  },
  { error: "the mapping of one positive electrode; blended electrodes are not read" },
);

const bpxFile = z.object(
  {
    Header: z.object({}, { error: "the mapping Header of a BPX file" }),
    Parameterisation: z.object(
      { "Positive electrode": electrode },
      { error: "the mapping Parameterisation of a BPX file" },
    ),
  },
  { error: "a BPX file" },
);

const electrodePath = ["Parameterisation", "Positive electrode"];

/** @throws InputFault when the file is no BPX file, or its positive electrode cannot be used. */
export function readBpx(file: string): BpxMaterial {
  const located = readDocument(file);
  const parsed = bpxFile.safeParse(located.value);
  if (!parsed.success) throw new InputFault(faultsOf(parsed.error, located, file));
  const raw = parsed.data.Parameterisation["Positive electrode"];
  const faults: Fault[] = [];
  const validity = [raw["Minimum stoichiometry"] ?? 0.005, raw["Maximum stoichiometry"] ?? 0.995] as const;
  const choose = (key: "OCP [V]" | "Diffusivity [m2.s-1]") =>
    functionChoice(raw[key], validity, (what) => faults.push(faultAt(located, file, [...electrodePath, key], what)));
  const material: BpxMaterial = {
    name: `BPX ${basename(file)}`,
    maximumConcentration: raw["Maximum concentration [mol.m-3]"],
    openCircuitPotential: choose("OCP [V]"),
    diffusivity: choose("Diffusivity [m2.s-1]"),
    // BPX: i0 = F k √(c_e/c_e0) √(s (1 − s)), k in mol/(m² s), taken at the initial electrolyte concentration c_e0.
    exchangeCurrent: { symmetric: (FARADAY * raw["Reaction rate constant [mol.m-2.s-1]"]) / 2 },
    ...usableWindow(raw),
    particleRadius: raw["Particle radius [m]"],
  };
  if (validity[0] >= validity[1]) {
    const found = `a range of stoichiometry from ${validity[0]} to ${validity[1]}`;
    const path = [...electrodePath, "Maximum stoichiometry"];
    faults.push(faultAt(located, file, path, { found, allowed: "a maximum above the minimum" }));
  }
  if (faults.length > 0) throw new InputFault(faults);
  return material;
}

function usableWindow(raw: z.output<typeof electrode>): { usableWindow?: number } {
  const { "Minimum stoichiometry": low, "Maximum stoichiometry": high } = raw;
  return low === undefined || high === undefined ? {} : { usableWindow: high - low };
}

function functionChoice(
  raw: z.output<typeof bpxFunction>,
  validity: readonly [number, number],
  refuse: (what: { found?: string; allowed: string }) => void,
): FunctionChoice {
  if (typeof raw === "number") return { constant: raw };
  if (typeof raw === "object") return tableChoice(raw, refuse);
  try {
    const middle = expressionFunction(raw, validity).value((validity[0] + validity[1]) / 2);
    if (!Number.isFinite(middle))
      refuse({ found: `a formula with the value ${middle} at its middle`, allowed: "a finite function of x" });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse({ allowed: error.message });
  }
  return { expression: raw, validity };
}

function tableChoice(
  { x, y }: { x: number[]; y: number[] },
  refuse: (what: { found?: string; allowed: string }) => void,
): FunctionChoice {
  if (x.length !== y.length)
    refuse({ found: `${x.length} x and ${y.length} y`, allowed: "as many of one as of the other" });
  const table = x.map((s, index) => [s, y[index] ?? Number.NaN] as const);
  if (x[0]! > x[x.length - 1]!) table.reverse();
  const falls = table.some(([s], index) => index > 0 && s <= table[index - 1]![0]);
  if (falls || table.some(([s]) => s < 0 || s > 1))
    refuse({ found: "x that does not rise from 0 to 1", allowed: "rising stoichiometries from 0 to 1" });
  return { table };
}
