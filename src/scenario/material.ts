import { eigenstrains } from "../fem/law/eigenstrain/eigenstrains.js";
import { activeMaterials } from "../fem/material/library.js";
import type { Dimension } from "../quantity/units.js";
import { type BpxMaterial, readBpx } from "./bpx.js";
import { nearest } from "./issues.js";
import { unphysical } from "./physical-function.js";
import { chosen } from "./potential.js";
import { besides, note, type Reading, readAt, settledAt } from "./reading.js";
import type { FunctionChoice, Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";
import { readTable } from "./table.js";
import { validity } from "./validity.js";

type Material = Scenario["activeMaterial"];

/** What a set or a BPX file gives when the scenario says nothing else. */
interface Source extends Omit<BpxMaterial, "particleRadius"> {
  readonly particleRadius?: number;
}

export interface ResolvedMaterial {
  readonly material: Material;
  /** m, when the source gives one. */
  readonly particleRadius: number | undefined;
}

/** The active material with every function chosen. */
export function resolveMaterial(file: ScenarioFile, reading: Reading): ResolvedMaterial | undefined {
  const raw = file.activeMaterial;
  const source = materialSource(raw, reading);
  if (!source) return undefined;
  const choose = (key: FunctionKey, dimension: Dimension) => choice(raw[key], source[key], [key, dimension], reading);
  const maximumConcentration = raw.maximumConcentration ?? source.maximumConcentration;
  const material: Material = {
    set: source.name,
    sources: {
      openCircuitPotential: sourceName(raw.openCircuitPotential, source.name),
      diffusivity: sourceName(raw.diffusivity, source.name),
      exchangeCurrent: sourceName(raw.exchangeCurrent, source.name),
    },
    maximumConcentration,
    openCircuitPotential: choose("openCircuitPotential", "voltage"),
    diffusivity: choose("diffusivity", "diffusivity"),
    exchangeCurrent: choose("exchangeCurrent", "currentDensity"),
    initialStoichiometry: raw.initialStoichiometry ?? source.initialStoichiometry ?? usualStart,
    usableWindow: raw.usableWindow ?? source.usableWindow ?? 0.63,
    youngModulus: raw.youngModulus,
    poissonRatio: raw.poissonRatio,
    eigenstrain: settledAt(
      reading,
      ["activeMaterial", "eigenstrain"],
      eigenstrains,
      raw.eigenstrain,
      maximumConcentration,
    ),
    stressDrift: raw.stressDrift,
  };
  checkMaterial(material, reading);
  return { material, particleRadius: source.particleRadius };
}

/** Stoichiometry at the start where nothing says another. */
const usualStart = 0.85;

/** Where a function is from, in words: a set, a file, or the scenario itself. */
function sourceName(raw: RawChoice, source: string): string {
  if (raw === undefined) return source;
  if ("set" in raw) return raw.set;
  if ("constant" in raw) return "a constant of the scenario";
  if ("symmetric" in raw && raw.symmetric !== undefined) return "the symmetric form of the scenario";
  const { table } = raw as { readonly table?: object };
  return table !== undefined && "file" in table ? `the table ${String(table.file)}` : "a table of the scenario";
}

type FunctionKey = "openCircuitPotential" | "diffusivity" | "exchangeCurrent";

function materialSource(raw: ScenarioFile["activeMaterial"], reading: Reading): Source | undefined {
  const path = ["activeMaterial", "bpx"];
  if (raw.set !== undefined && raw.bpx !== undefined) {
    note(reading, path, { found: "both set and bpx", allowed: "one of them" });
  }
  if (raw.branch !== undefined && raw.bpx === undefined)
    note(reading, ["activeMaterial", "branch"], { allowed: "a branch with the key bpx alone" });
  if (raw.bpx !== undefined) {
    const bpxPath = besides(reading, path, raw.bpx);
    const bpx = readAt(reading, path, () => readBpx(reading.source, bpxPath, raw.branch));
    if (bpx) reading.files.push(bpxPath);
    return bpx;
  }
  const name = raw.set ?? "ORegan2022";
  const set = knownSet(name, ["activeMaterial", "set"], reading);
  if (!set) return undefined;
  const own = { set: name };
  return {
    name,
    maximumConcentration: set.maximumConcentration,
    openCircuitPotential: own,
    diffusivity: own,
    exchangeCurrent: own,
  };
}

function knownSet(name: string, path: readonly PropertyKey[], reading: Reading) {
  if (Object.hasOwn(activeMaterials, name)) return activeMaterials[name];
  const names = Object.keys(activeMaterials);
  note(reading, path, { allowed: names.join(" | "), ...nearest(name, names) });
  return undefined;
}

type RawChoice = ScenarioFile["activeMaterial"][FunctionKey];

function choice(
  raw: RawChoice,
  usual: FunctionChoice,
  [key, dimension]: readonly [FunctionKey, Dimension],
  reading: Reading,
): FunctionChoice {
  const path = ["activeMaterial", key];
  if (raw === undefined) return usual;
  if ("set" in raw) knownSet(raw.set, path, reading);
  if ("set" in raw || "constant" in raw) return raw;
  const given = Object.entries(raw).filter(([, value]) => value !== undefined);
  if (given.length !== 1) {
    const keys = key === "exchangeCurrent" ? "table, symmetric" : "table";
    note(reading, path, { allowed: `a mapping with exactly one key out of: ${keys}` });
    return usual;
  }
  if (raw.table === undefined) return raw as FunctionChoice;
  const before = reading.faults.length;
  const table = readTable(raw.table, dimension, [...path, "table"], reading);
  const wrong = reading.faults.length > before ? null : unphysical(chosen({ table }, key), key);
  if (wrong) note(reading, [...path, "table"], wrong);
  return { table };
}

function checkMaterial(material: Material, reading: Reading): void {
  const start = material.initialStoichiometry;
  const range = validity(material.openCircuitPotential);
  const path = ["activeMaterial", "initialStoichiometry"];
  if (range && (start < range[0] || start > range[1])) {
    const allowed = `from ${range[0]} to ${range[1]}, where the open-circuit potential is known`;
    note(reading, path, { found: String(start), allowed });
  }
  if (material.stressDrift && !("partialMolarVolume" in material.eigenstrain)) {
    note(reading, ["activeMaterial", "stressDrift"], { allowed: "true only with a linear eigenstrain" });
  }
}
