import { activeMaterials } from "../../fem/material/library.js";
import { scenarioFile } from "../../scenario/schema.js";
import { unitsOfKeys } from "../../schema/key-units.js";
import { mean } from "../../statistics/mean.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";

type Found = Readonly<Record<string, unknown>>;

/** Where a value comes from; `assumed` when it is a choice of modelling. */
type Source = "scenario" | "assumed" | "stated" | "set" | "geometry";

/** Name, place in the scenario, source, unit, and what shown values are over values in SI. */
const parameters: readonly (readonly [name: string, path: string, source: Source, unit?: string, factor?: number])[] = [
  ["Particle radius", "geometry.particles.0.radius", "assumed", "µm", 1e6],
  ["Dimensions of the network", "network.dimension", "scenario"],
  ["Share of the box that is particles", "network.solidFraction", "scenario"],
  ["Box, depth last", "network.box", "scenario", "µm", 1e6],
  ["Sides repeat", "network.periodic", "scenario"],
  ["Resolution of the network", "network.resolution", "scenario"],
  ["Coverage asked for", "nominalCoverage", "assumed"],
  ["Largest concentration", "activeMaterial.maximumConcentration", "set", "mol/m³"],
  ["Open-circuit potential", "activeMaterial.openCircuitPotential", "set"],
  ["Diffusivity", "activeMaterial.diffusivity", "set", "m²/s"],
  ["Exchange current", "activeMaterial.exchangeCurrent", "set", "A/m²"],
  ["Stoichiometry at the start", "activeMaterial.initialStoichiometry", "assumed"],
  ["Usable window Δs", "activeMaterial.usableWindow", "assumed"],
  ["Young's modulus, particle", "activeMaterial.youngModulus", "stated", "GPa", 1e-9],
  ["Poisson's ratio, particle", "activeMaterial.poissonRatio", "assumed"],
  ["Eigenstrain", "activeMaterial.eigenstrain", "assumed"],
  ["Conductivity, high", "binder.highConductivity", "assumed", "S/m"],
  ["Conductivity, low", "binder.lowConductivity", "assumed", "S/m"],
  ["Young's modulus, carbon/binder", "binder.youngModulus", "stated", "GPa", 1e-9],
  ["Poisson's ratio, carbon/binder", "binder.poissonRatio", "assumed"],
  ["Contacts lost with damage", "binder.contactLoss", "assumed"],
  ["Electrolyte", "electrolyte", "stated"],
  ["Interface stiffness", "interface.stiffness", "assumed", "Pa/m"],
  ["Cohesive law", "interface.cohesive", "assumed"],
  ["Fatigue law", "interface.fatigue", "assumed"],
  ["Way of electrons to the reaction", "surface", "assumed"],
  ["Feedback of damage", "feedback", "assumed"],
  ["Cracks inside particles", "cracks", "assumed"],
  ["Temperature", "temperature", "scenario", "K"],
  ["τ", "protocol.tau", "scenario", "s"],
  ["Cycles asked for", "protocol.repeat", "scenario"],
  ["Protocol", "protocol.steps", "scenario"],
  ["Edge length at the surfaces", "solver.mesh.interfaceSize", "scenario", "µm", 1e6],
  ["Order of the mesh", "solver.mesh.order", "scenario"],
  ["Time stepping", "solver.time", "scenario"],
  ["Seed", "seed", "scenario"],
];

const sourceWords: Readonly<Record<Exclude<Source, "set">, string>> = {
  scenario: "chosen in the scenario",
  assumed: '<span class="assumed">assumed</span>',
  stated: "the model's paper (Li et al. 2022), unless the scenario changed it",
  geometry: "measured on the mesh",
};

/** What the run was computed with, and what of it is assumed. */
export function parameterTable(scenario: Found): string {
  const meshed = !scenario.network;
  const rows = parameters.flatMap(([name, path, source, unit = "", factor = 1]) => {
    const value = valueAt(scenario, path);
    if (value === undefined || (!meshed && path.startsWith("solver.mesh"))) return [];
    return [
      [
        escapeHtml(name),
        escapeHtml(wordsOf(value, factor)),
        `<span class="unit">${unit}</span>`,
        sourceOf(source, value, scenario),
      ],
    ];
  });
  const note =
    "<p>“Assumed” marks a modelling choice without a citable value; the comments in the scenario file say why. The published model's own parameters beyond the moduli and τ are not public, so the model here is a reconstruction.</p>";
  return section("parameters", "Parameters", note, htmlTable(["Quantity", "Value", "Unit", "Source"], rows));
}

/** Published sets that the run takes something from. */
export function setsUsed(scenario: Found): string[] {
  const material = (scenario.activeMaterial ?? {}) as Found;
  const named = ["openCircuitPotential", "diffusivity", "exchangeCurrent"].map((key) =>
    valueAt(material, `${key}.set`),
  );
  return [...new Set([material.set, ...named])].filter((name): name is string => typeof name === "string");
}

function sourceOf(source: Source, value: unknown, scenario: Found): string {
  if (source !== "set") return sourceWords[source];
  const own =
    typeof value === "object" && value !== null ? (value as Found).set : valueAt(scenario, "activeMaterial.set");
  if (typeof own !== "string") return sourceWords.assumed;
  const published = activeMaterials[own];
  const agrees = typeof value !== "number" || published === undefined || published.maximumConcentration === value;
  return agrees ? escapeHtml(own) : sourceWords.assumed;
}

function valueAt(from: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((inside, key) => {
    return typeof inside === "object" && inside !== null ? (inside as Found)[key] : undefined;
  }, from);
}

/** Units of the keys inside composite values, which are SI unless they say otherwise. */
const keyUnits = unitsOfKeys(scenarioFile);

/** A value in words: numbers with what digits they need, objects as their keys, values and units. */
function wordsOf(value: unknown, factor = 1): string {
  if (value === null) return "none";
  if (typeof value === "number") return figures(value * factor, 6);
  if (isManyNumbers(value)) return rangeWords(value, factor);
  if (Array.isArray(value)) return value.map((inner) => wordsOf(inner, factor)).join("; ");
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value as Found).filter(([, inner]) => inner !== undefined);
  const bare = ["kind", "verb", "set", "constant", "method"];
  return entries
    .map(([key, inner]) => {
      if (key === "verb") return `${wordsOf(inner)}${protocolRate(value as Found)}`;
      if (key === "rate" && "verb" in value) return "";
      const unit = typeof inner === "number" ? ` ${keyUnits.get(key) ?? ""}`.trimEnd() : "";
      return bare.includes(key) ? wordsOf(inner) : `${keyWords(key)} ${wordsOf(inner)}${unit}`;
    })
    .filter((part) => part !== "")
    .join(", ");
}

function isManyNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.length > 20 && value.every((each) => typeof each === "number");
}

function rangeWords(values: readonly number[], factor: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${figures(mean(values) * factor)} on average, ${figures(low * factor)} to ${figures(high * factor)}`;
}

function protocolRate({ rate }: Found): string {
  return typeof rate === "number" ? ` at ${figures(rate)}C` : "";
}

function keyWords(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
