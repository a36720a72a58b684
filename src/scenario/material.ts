import { eigenstrains } from "../fem/law/eigenstrain/eigenstrains.js";
import type { Dimension } from "../quantity/units.js";
import { type BpxMaterial, readBpx } from "./bpx.js";
import { formOf, settledFunction, sourceWords } from "./function/forms.js";
import type { PhysicalFunction } from "./function/physical-function.js";
import { knownSet } from "./function/set.js";
import { besides, note, type Reading, readAt, settledAt } from "./reading.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

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
  const choose = (which: PhysicalFunction, dimension: Dimension) =>
    settledFunction(raw[which], source[which], { which, dimension, path: ["activeMaterial", which], reading });
  const maximumConcentration = raw.maximumConcentration ?? source.maximumConcentration;
  const material: Material = {
    set: source.name,
    sources: {
      openCircuitPotential: sourceWords(raw.openCircuitPotential, source.name),
      diffusivity: sourceWords(raw.diffusivity, source.name),
      exchangeCurrent: sourceWords(raw.exchangeCurrent, source.name),
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

function checkMaterial(material: Material, reading: Reading): void {
  const start = material.initialStoichiometry;
  const { openCircuitPotential: potential } = material;
  const range = formOf(potential).known(potential, "openCircuitPotential");
  const path = ["activeMaterial", "initialStoichiometry"];
  if (range && (start < range[0] || start > range[1])) {
    const allowed = `from ${range[0]} to ${range[1]}, where the open-circuit potential is known`;
    note(reading, path, { found: String(start), allowed });
  }
  if (material.stressDrift && !("partialMolarVolume" in material.eigenstrain)) {
    note(reading, ["activeMaterial", "stressDrift"], { allowed: "true only with a linear eigenstrain" });
  }
}
