import * as z from "zod";
import { FARADAY } from "../fem/law/faraday.js";
import { constant, table as tabled } from "../fem/law/stoichiometry-function.js";
import { type Located, parseText, readText } from "./document.js";
import { type Fault, InputFault } from "./faults.js";
import type { FileSource } from "./file-source.js";
import { expressionFunction } from "./function/expression.js";
import type { FunctionChoice } from "./function/forms.js";
import { type PhysicalFunction, unphysical } from "./function/physical-function.js";
import { faultAt, faultsOf, valueAt } from "./issues.js";

/**
 * The positive electrode of a Battery Parameter eXchange file (BPX, Faraday Institution; versions 0.x and 1.x):
 * a function is a number, a formula in x, or a table {x, y}. Blended electrodes are refused, a potential with hysteresis wants
 * a branch chosen. Everything else in the file is left alone.
 */

/** The material of a BPX file as a scenario takes it. */
export interface BpxMaterial {
  readonly name: string;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly openCircuitPotential: FunctionChoice;
  readonly diffusivity: FunctionChoice;
  readonly exchangeCurrent: FunctionChoice;
  /** Largest less smallest stoichiometry, and the largest, of the discharged cell, when the file gives both. */
  readonly usableWindow?: number;
  readonly initialStoichiometry?: number;
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
    "OCP [V]": bpxFunction.optional(),
    "OCP (lithiation) [V]": bpxFunction.optional(),
    "OCP (delithiation) [V]": bpxFunction.optional(),
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

/** Branches of a potential with hysteresis: of charge, of discharge (of the positive electrode). */
export const bpxBranches = ["delithiation", "lithiation"] as const;

export type BpxBranch = (typeof bpxBranches)[number];

type PotentialKey = "OCP [V]" | `OCP (${BpxBranch}) [V]`;

/**
 * @param branch which potential of a file that has one for each direction
 * @throws InputFault when the file is no BPX file, or its positive electrode cannot be used.
 */
export function readBpx(source: FileSource, file: string, branch?: BpxBranch): BpxMaterial {
  const located = readJson(source, file);
  refuseBlend(located, file);
  const parsed = bpxFile.safeParse(located.value);
  if (!parsed.success) throw new InputFault(faultsOf(parsed.error, located, file));
  const raw = parsed.data.Parameterisation["Positive electrode"];
  const faults: Fault[] = [];
  const validity = [raw["Minimum stoichiometry"] ?? 0.005, raw["Maximum stoichiometry"] ?? 0.995] as const;
  const choose = (key: PotentialKey | "Diffusivity [m2.s-1]", which: PhysicalFunction) =>
    functionChoice(raw[key] as BpxFunction, validity, which, (what) =>
      faults.push(faultAt(located, file, [...electrodePath, key], what)),
    );
  const potential = potentialKey(raw, branch);
  if (typeof potential !== "string") throw new InputFault([faultAt(located, file, electrodePath, potential)]);
  const material: BpxMaterial = {
    name: `BPX ${file.split(/[\\/]/).at(-1)}`,
    maximumConcentration: raw["Maximum concentration [mol.m-3]"],
    openCircuitPotential: choose(potential, "openCircuitPotential"),
    diffusivity: choose("Diffusivity [m2.s-1]", "diffusivity"),
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

function usableWindow(raw: z.output<typeof electrode>): Pick<BpxMaterial, "usableWindow" | "initialStoichiometry"> {
  const { "Minimum stoichiometry": low, "Maximum stoichiometry": high } = raw;
  return low === undefined || high === undefined ? {} : { usableWindow: high - low, initialStoichiometry: high };
}

/** A BPX file is JSON; of one that is none, nothing is repeated: it may be anybody's. */
function readJson(source: FileSource, file: string): Located {
  const text = readText(source, file);
  try {
    JSON.parse(text);
  } catch (error) {
    const line = Number(/line (\d+)/.exec((error as Error).message)?.[1] ?? lineOf(text, error as Error));
    const place = Number.isFinite(line) ? { file, line, column: 1 } : { file };
    throw new InputFault([{ place, key: "", found: "a file that is no JSON", allowed: "a BPX file, which is JSON" }]);
  }
  return parseText(text, file);
}

/** The line of the character at which a parser stopped. */
function lineOf(text: string, { message }: Error): number {
  const at = Number(/position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  return text.slice(0, at).split("\n").length;
}

/** @throws InputFault for an electrode of several materials. */
function refuseBlend(located: Located, file: string): void {
  const particles = valueAt(located.value, [...electrodePath, "Particle"]);
  if (typeof particles !== "object" || particles === null) return;
  const names = Object.keys(particles);
  throw new InputFault([
    faultAt(located, file, [...electrodePath, "Particle"], {
      found: `a blended electrode of ${names.length} materials (${names.slice(0, 5).join(", ")})`,
      allowed: "one active material: move the keys of the one that is meant up into Positive electrode",
    }),
  ]);
}

/** Which potential is taken, or why none can be. */
function potentialKey(
  raw: z.output<typeof electrode>,
  branch: BpxBranch | undefined,
): PotentialKey | { readonly found: string; readonly allowed: string } {
  const branches = bpxBranches.filter((name) => raw[`OCP (${name}) [V]`] !== undefined);
  if (branch !== undefined) {
    if (branches.includes(branch)) return `OCP (${branch}) [V]`;
    return { found: `no OCP (${branch}) [V]`, allowed: "a potential for the branch that the scenario names" };
  }
  if (branches.length > 0)
    return {
      found: `a potential with hysteresis: OCP (${branches.join(") [V], OCP (")}) [V]`,
      allowed: `a choice of one of them in the scenario, as activeMaterial: { bpx: …, branch: ${bpxBranches.join(" | ")} }`,
    };
  return raw["OCP [V]"] === undefined ? { found: "no OCP [V]", allowed: "the key OCP [V]" } : "OCP [V]";
}

type BpxFunction = z.output<typeof bpxFunction>;

function functionChoice(
  raw: BpxFunction,
  validity: readonly [number, number],
  which: PhysicalFunction,
  refuse: (what: { found?: string; allowed: string }) => void,
): FunctionChoice {
  const tried = (made: Parameters<typeof unphysical>[0]) => {
    const wrong = unphysical(made, which);
    if (wrong) refuse(wrong);
  };
  if (typeof raw === "number") {
    tried(constant(raw));
    return { constant: raw };
  }
  if (typeof raw === "object") {
    let sound = true;
    const choice = tableChoice(raw, (what) => {
      sound = false;
      refuse(what);
    });
    if (sound) tried(tabled(choice.table));
    return choice;
  }
  try {
    tried(expressionFunction(raw, validity));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse({ allowed: error.message });
  }
  return { expression: raw, validity };
}

function tableChoice(
  { x, y }: { x: number[]; y: number[] },
  refuse: (what: { found?: string; allowed: string }) => void,
): Extract<FunctionChoice, { table: unknown }> {
  if (x.length !== y.length)
    refuse({ found: `${x.length} x and ${y.length} y`, allowed: "as many of one as of the other" });
  const table = x.map((s, index) => [s, y[index] ?? Number.NaN] as const);
  if (x[0] > x[x.length - 1]) table.reverse();
  const falls = table.some(([s], index) => index > 0 && s <= table[index - 1][0]);
  if (falls || table.some(([s]) => s < 0 || s > 1))
    refuse({ found: "x that does not rise from 0 to 1", allowed: "rising stoichiometries from 0 to 1" });
  return { table };
}
