import { type CrackChoice, cracks } from "../fem/law/crack/cracks.js";
import { constant } from "../fem/law/stoichiometry-function.js";
import { surfaces } from "../fem/law/surface/surfaces.js";
import { checkGeometry } from "../fem/mesh/geometry-check.js";
import { InputFault } from "./faults.js";
import { resolveGeometry } from "./geometry.js";
import { resolveInterface } from "./interface.js";
import { resolveMaterial } from "./material.js";
import { checkNetworkLimits } from "./network/limits.js";
import { note, type Reading } from "./reading.js";
import type { Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";
import { resolveProtocol } from "./step/protocol.js";

/**
 * The scenario behind a parsed file, with every default filled in and every check across keys made.
 * @throws InputFault with all that is wrong.
 */
export function resolveScenario(file: ScenarioFile, reading: Reading): Scenario {
  const material = resolveMaterial(file, reading);
  const covered = resolveGeometry(file, reading, material?.particleRadius);
  const protocol = resolveProtocol(file, reading, material?.material);
  const contact = resolveInterface(file, reading);
  if (file.fidelity === "network") checkNetworkLimits(file, material?.material, reading);
  else if (covered) checkMesh(file, covered.geometry, reading);
  for (const wrong of surfaces.faults(surfaces.settled(file.surface))) note(reading, ["surface"], wrong);
  const crackChoice = resolveCracks(file, reading);
  checkTime(file, reading);
  if (reading.faults.length > 0 || !material || !covered || !protocol) throw new InputFault(reading.faults);
  return {
    title: file.title ?? "Untitled",
    seed: file.seed,
    ...covered,
    activeMaterial: material.material,
    binder: {
      highConductivity: file.binder.high.conductivity,
      lowConductivity: file.binder.low.conductivity,
      youngModulus: file.binder.youngModulus,
      poissonRatio: file.binder.poissonRatio,
      contactLoss: file.binder.contactLoss,
    },
    electrolyte: file.electrolyte,
    ...contact,
    ...(crackChoice && { cracks: crackChoice }),
    surface: surfaces.settled(file.surface),
    temperature: file.temperature,
    protocol,
    solver: file.solver,
    outputs: {
      fieldCycles: covered.network === null ? fieldCycles(file) : [],
      particleRows: file.outputs.particleRows ?? (covered.nominalCoverage.length > manyParticles ? "ends" : "all"),
    },
  };
}

/** With more, their rows at every step would be most of the results. */
const manyParticles = 50;

function fieldCycles({ outputs, protocol }: ScenarioFile): readonly number[] {
  return [...new Set(outputs.fieldCycles ?? [1, protocol.repeat])]
    .filter((cycle) => cycle <= protocol.repeat)
    .sort((a, b) => a - b);
}

function checkMesh(file: ScenarioFile, geometry: Scenario["geometry"], reading: Reading): void {
  const { interfaceSize, largestSize } = file.solver.mesh;
  const smallest = geometry.particles.reduce((least, { radius }) => Math.min(least, radius), Number.POSITIVE_INFINITY);
  if (interfaceSize > smallest) {
    const allowed = `at most the smallest particle's radius, ${smallest} m`;
    note(reading, ["solver", "mesh", "interfaceSize"], { allowed });
  }
  if (largestSize < interfaceSize) {
    note(reading, ["solver", "mesh", "largestSize"], { allowed: `at least interfaceSize, ${interfaceSize} m` });
  }
  if (reading.faults.length === 0) checkMeshable(file, geometry, reading);
}

/** What the mesher refuses; it says so itself. */
function checkMeshable(file: ScenarioFile, geometry: Scenario["geometry"], reading: Reading): void {
  try {
    checkGeometry(geometry, file.solver.mesh);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    note(reading, ["geometry"], { found: "what cannot be meshed", allowed: error.message });
  }
}

/** Cracks inside particles; what goes together in them does not depend on how the solid shrinks. */
function resolveCracks(file: ScenarioFile, reading: Reading): CrackChoice | null {
  const choice = cracks.settled(file.cracks);
  const solid = { ...file.activeMaterial, eigenstrain: constant(0) };
  if (choice !== null) for (const wrong of cracks.faults(choice, solid)) note(reading, ["cracks"], wrong);
  return choice;
}

function checkTime(file: ScenarioFile, reading: Reading): void {
  const { largestStep, smallestStep } = file.solver.time;
  if (smallestStep > largestStep) {
    note(reading, ["solver", "time", "smallestStep"], { allowed: `at most largestStep, ${largestStep} s` });
  }
}
