/** The schema of scenario files, as people write them. What it parses to is in SI units. */
import * as z from "zod";
import { sectionKinds, stressStates } from "../fem/coordinates/coordinates.js";
import { cohesives } from "../fem/law/cohesive/cohesives.js";
import { cracks } from "../fem/law/crack/cracks.js";
import { eigenstrains } from "../fem/law/eigenstrain/eigenstrains.js";
import { electrolytes } from "../fem/law/electrolyte/electrolytes.js";
import { fatigues } from "../fem/law/fatigue/fatigues.js";
import { feedbacks } from "../fem/law/feedback/feedbacks.js";
import { interfacePresets, presetNames } from "../fem/law/preset.js";
import { surfaces } from "../fem/law/surface/surfaces.js";
import { sides } from "../fem/mesh/mesh.js";
import { count, list, number, positive, quantity, section, share, text, word } from "../schema/leaf.js";
import { bpxBranches } from "./bpx.js";
import { facingNames } from "./coverage/facing.js";
import { onePatch, type Pattern, patterns } from "./coverage/pattern.js";
import { stoichiometryFunction } from "./function/forms.js";
import { materialNames } from "./function/set.js";
import { packing } from "./network/packing.js";
import { radius } from "./network/radii.js";
import { coverageDistribution, networkResolution } from "./network/schema.js";
import { protocolStep, verbs } from "./step/steps.js";

const side = word(sides);
const support = word(["roller", "fixed", "free"]);

const geometry = section({
  kind: word(sectionKinds).default(sectionKinds[0]),
  stressState: word(stressStates).optional(),
  lattice: section({
    columns: count(1, 1000),
    rows: count(1, 1000).default(1),
    radius: radius.optional(),
    clearance: positive("length"),
  }).optional(),
  stack: section({ count: count(1, 1000), radius: radius.optional(), clearance: positive("length") }).optional(),
  box: section({ width: positive("length"), height: positive("length") }).optional(),
  particles: list(
    section({
      x: quantity("length").optional(),
      y: quantity("length"),
      radius: radius.optional(),
      coverage: share.optional(),
    }),
    "particles",
    10_000,
  ).optional(),
  packing: packing.optional(),
  table: text("the path of a particle table").optional(),
  collector: side.optional(),
  separator: side.optional(),
  mechanics: section({
    bottom: support.optional(),
    right: support.optional(),
    top: support.optional(),
    left: support.optional(),
  }).optional(),
});

const coverage = section({
  pattern: word(Object.keys(patterns) as [Pattern, ...Pattern[]]).default(onePatch),
  facing: word(facingNames).default("collector"),
  distribution: coverageDistribution.optional(),
  fractions: z
    .union([share, list(share, "numbers from 0 to 1")], {
      error: "a number from 0 to 1, or a list of them, one a particle",
    })
    .optional(),
  patches: count(1, 100).default(4),
});

const poissonRatio = number(-1, 0.5, { low: true, high: true });
const activeMaterial = section({
  set: text("the name of a material set").meta({ enum: materialNames }).optional(),
  bpx: text("the path of a BPX file").optional(),
  branch: word(bpxBranches).optional(),
  maximumConcentration: quantity("concentration", { above: "0 mol/m^3", to: "200 kmol/m^3" }).optional(),
  openCircuitPotential: stoichiometryFunction("voltage").optional(),
  diffusivity: stoichiometryFunction("diffusivity").optional(),
  exchangeCurrent: stoichiometryFunction("currentDensity").optional(),
  initialStoichiometry: number(0, 1, { low: true, high: true }).optional(),
  usableWindow: number(0, 1, { low: true }).optional(),
  youngModulus: positive("pressure").prefault("140 GPa"),
  poissonRatio: poissonRatio.default(0.3),
  eigenstrain: eigenstrains.schema.prefault({ kind: "twoSlope" }),
  stressDrift: z.boolean({ error: "true | false" }).default(false),
});

const binder = section({
  high: section({ conductivity: positive("conductivity") }).prefault({ conductivity: "1 S/m" }),
  low: section({ conductivity: positive("conductivity") }).prefault({ conductivity: "1.2e-3 S/m" }),
  youngModulus: positive("pressure").prefault("2 GPa"),
  poissonRatio: poissonRatio.default(0.3),
  contactLoss: number(0, 1, { high: true }).default(0),
});

/** What is left out comes from the preset or, without one, from the defaults in `interface.ts`. */
const contact = section({
  preset: word(presetNames)
    .meta({ description: presetNames.map((name) => `${name}: ${interfacePresets[name].summary}`).join(" ") })
    .optional(),
  stiffness: positive("stiffness").optional(),
  cohesive: cohesives.schema.optional(),
  fatigue: fatigues.schema.optional(),
  relaxation: positive("time").prefault("0.72 s"),
});

const protocol = section({
  repeat: count(1, 100_000).default(1),
  tau: positive("time").optional(),
  steps: list(protocolStep, `steps, each with one key out of: ${verbs.join(", ")}`, 1000),
});

const solver = section({
  mesh: section({
    order: z.union([z.literal(1), z.literal(2)], { error: "1 | 2" }).default(1),
    interfaceSize: positive("length").prefault("0.25 um"),
    growth: number(0, 0.5).default(0.25),
    largestSize: positive("length").prefault("1.2 um"),
  }).prefault({}),
  time: section({
    method: word(["euler", "bdf2"]).default("bdf2"),
    tolerance: number(1e-10, 0.1).default(1e-3),
    largestStep: positive("time").prefault("60 s"),
    leastSteps: count(1, 1_000_000).default(24),
    smallestStep: positive("time").prefault("1e-6 s"),
  }).prefault({}),
  network: networkResolution.prefault({}),
});

export const scenarioFile = section({
  base: text("the path of another scenario file").optional(),
  title: text().optional(),
  seed: count(0, 4294967296 - 1).default(1),
  fidelity: word(["fem", "network"]).default("fem"),
  geometry,
  coverage: coverage.prefault({}),
  activeMaterial: activeMaterial.prefault({ set: "ORegan2022" }),
  binder: binder.prefault({}),
  electrolyte: electrolytes.schema.prefault({ kind: "uniform" }),
  interface: contact.prefault({}),
  surface: surfaces.schema.prefault({ kind: "binder" }),
  feedback: feedbacks.schema.optional(),
  cracks: cracks.schema.default("none"),
  temperature: quantity("temperature", { from: "200 K", to: "400 K" }).prefault("298.15 K"),
  protocol,
  solver: solver.prefault({}),
  outputs: section({
    fieldCycles: z.array(count(1, 100_000), { error: "a list of cycles, from 1" }).optional(),
    particleRows: word(["all", "ends"]).optional(),
  }).prefault({}),
});

/** A scenario file after parsing: SI units, defaults of single keys filled in. */
export type ScenarioFile = z.output<typeof scenarioFile>;
