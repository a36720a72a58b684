import { activeMaterials } from "../../fem/material/library.js";
import { figures } from "../../inference/controls.js";
import { mean } from "../../statistics/mean.js";
import { escapeHtml, htmlTable, section } from "../html.js";

type Found = Readonly<Record<string, unknown>>;

/** Where a value comes from; `assumed` when it is a choice of modelling. */
type Source = "scenario" | "assumed" | "stated" | "set" | "geometry";

interface Parameter {
  readonly name: string;
  readonly path: string;
  readonly unit: string;
  /** Shown value = value × this. */
  readonly factor?: number;
  readonly source: Source;
}

const parameters: readonly Parameter[] = [
  { name: "Particle radius", path: "geometry.particles.0.radius", unit: "µm", factor: 1e6, source: "assumed" },
  { name: "Dimensions of the network", path: "network.dimension", unit: "", source: "scenario" },
  { name: "Share of the box that is particles", path: "network.solidFraction", unit: "", source: "scenario" },
  { name: "Box, depth last", path: "network.box", unit: "µm", factor: 1e6, source: "scenario" },
  { name: "Sides repeat", path: "network.periodic", unit: "", source: "scenario" },
  { name: "Resolution of the network", path: "network.resolution", unit: "", source: "scenario" },
  { name: "Coverage asked for", path: "nominalCoverage", unit: "", source: "assumed" },
  { name: "Largest concentration", path: "activeMaterial.maximumConcentration", unit: "mol/m³", source: "set" },
  { name: "Open-circuit potential", path: "activeMaterial.openCircuitPotential", unit: "", source: "set" },
  { name: "Diffusivity", path: "activeMaterial.diffusivity", unit: "m²/s", source: "set" },
  { name: "Exchange current", path: "activeMaterial.exchangeCurrent", unit: "A/m²", source: "set" },
  { name: "Stoichiometry at the start", path: "activeMaterial.initialStoichiometry", unit: "", source: "assumed" },
  { name: "Usable window Δs", path: "activeMaterial.usableWindow", unit: "", source: "assumed" },
  {
    name: "Young's modulus, particle",
    path: "activeMaterial.youngModulus",
    unit: "GPa",
    factor: 1e-9,
    source: "stated",
  },
  { name: "Poisson's ratio, particle", path: "activeMaterial.poissonRatio", unit: "", source: "assumed" },
  { name: "Eigenstrain", path: "activeMaterial.eigenstrain", unit: "", source: "assumed" },
  { name: "Conductivity, high", path: "binder.highConductivity", unit: "S/m", source: "assumed" },
  { name: "Conductivity, low", path: "binder.lowConductivity", unit: "S/m", source: "assumed" },
  { name: "Young's modulus, carbon/binder", path: "binder.youngModulus", unit: "GPa", factor: 1e-9, source: "stated" },
  { name: "Poisson's ratio, carbon/binder", path: "binder.poissonRatio", unit: "", source: "assumed" },
  { name: "Contacts lost with damage", path: "binder.contactLoss", unit: "", source: "assumed" },
  { name: "Electrolyte", path: "electrolyte", unit: "", source: "stated" },
  { name: "Interface stiffness", path: "interface.stiffness", unit: "Pa/m", source: "assumed" },
  { name: "Cohesive law", path: "interface.cohesive", unit: "", source: "assumed" },
  { name: "Fatigue law", path: "interface.fatigue", unit: "", source: "assumed" },
  { name: "Feedback of damage", path: "feedback", unit: "", source: "assumed" },
  { name: "Temperature", path: "temperature", unit: "K", source: "scenario" },
  { name: "τ", path: "protocol.tau", unit: "s", source: "scenario" },
  { name: "Cycles asked for", path: "protocol.repeat", unit: "", source: "scenario" },
  { name: "Protocol", path: "protocol.steps", unit: "", source: "scenario" },
  {
    name: "Edge length at the surfaces",
    path: "solver.mesh.interfaceSize",
    unit: "µm",
    factor: 1e6,
    source: "scenario",
  },
  { name: "Order of the mesh", path: "solver.mesh.order", unit: "", source: "scenario" },
  { name: "Time stepping", path: "solver.time", unit: "", source: "scenario" },
  { name: "Seed", path: "seed", unit: "", source: "scenario" },
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
  const rows = parameters.flatMap((parameter) => {
    const value = valueAt(scenario, parameter.path);
    if (value === undefined || (!meshed && parameter.path.startsWith("solver.mesh"))) return [];
    return [
      [
        escapeHtml(parameter.name),
        escapeHtml(wordsOf(value, parameter.factor)),
        `<span class="unit">${parameter.unit}</span>`,
        sourceOf(parameter, value, scenario),
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

function sourceOf(parameter: Parameter, value: unknown, scenario: Found): string {
  if (parameter.source !== "set") return sourceWords[parameter.source];
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
const keyUnits: Readonly<Record<string, string>> = {
  partialMolarVolume: "m³/mol",
  normalStrength: "Pa",
  shearStrength: "Pa",
  normalToughness: "J/m²",
  shearToughness: "J/m²",
  rate: "",
  referenceTraction: "Pa",
  resistance: "Ω m²",
  initial: "Ω m²",
  conductance: "S/m²",
  electronic: "S/m²",
  ionic: "S/m²",
  ionicDetached: "S/m²",
  conductivity: "S/m",
  voltage: "V",
  time: "s",
  largestStep: "s",
  smallestStep: "s",
};

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
      const unit = typeof inner === "number" ? ` ${keyUnits[key] ?? ""}`.trimEnd() : "";
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
