import { cascade } from "../fem/law/preset.js";
import { checkGeometry } from "../fem/mesh/geometry-check.js";
import { InputFault } from "./faults.js";
import { resolveGeometry } from "./geometry.js";
import { resolveMaterial } from "./material.js";
import { resolveProtocol } from "./protocol.js";
import { note, type Reading } from "./reading.js";
import type { CohesiveChoice, Scenario } from "./scenario.js";
import type { ScenarioFile } from "./schema.js";

/**
 * The scenario behind a parsed file, with every default filled in and every check across keys made.
 * @throws InputFault with all that is wrong.
 */
export function resolveScenario(file: ScenarioFile, reading: Reading): Scenario {
  const material = resolveMaterial(file, reading);
  const covered = resolveGeometry(file, reading, material?.particleRadius);
  const protocol = resolveProtocol(file, reading);
  const contact = resolveInterface(file, reading);
  if (covered) checkMesh(file, covered.geometry, reading);
  checkTime(file, reading);
  if (covered && reading.faults.length === 0) checkMeshable(file, covered.geometry, reading);
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
    },
    electrolyte: file.electrolyte,
    interface: contact,
    feedback: file.feedback,
    temperature: file.temperature,
    protocol,
    solver: file.solver,
    outputs: { fieldCycles: fieldCycles(file) },
  };
}

function fieldCycles({ outputs, protocol }: ScenarioFile): readonly number[] {
  return [...new Set(outputs.fieldCycles ?? [1, protocol.repeat])]
    .filter((cycle) => cycle <= protocol.repeat)
    .sort((a, b) => a - b);
}

function resolveInterface(file: ScenarioFile, reading: Reading): Scenario["interface"] {
  const { stiffness, cohesive, fatigue } = file.interface;
  return {
    stiffness,
    cohesive: resolveCohesive(cohesive, stiffness, reading),
    fatigue: typeof fatigue === "string" ? null : fatigue,
  };
}

function resolveCohesive(
  raw: ScenarioFile["interface"]["cohesive"],
  stiffness: number,
  reading: Reading,
): CohesiveChoice | null {
  if (raw === "none") return null;
  const law: CohesiveChoice =
    raw === "C*"
      ? cascade.cohesive!
      : {
          ...raw,
          shearStrength: raw.shearStrength ?? raw.normalStrength,
          shearToughness: raw.shearToughness ?? raw.normalToughness,
        };
  const before = reading.faults.length;
  for (const [strength, toughness] of [
    [law.normalStrength, law.normalToughness],
    [law.shearStrength, law.shearToughness],
  ] as const) {
    const least = strength ** 2 / (2 * stiffness);
    if (toughness > least || before !== reading.faults.length) continue;
    const allowed = `toughness above strength²/(2·stiffness) = ${least} J/m²: the law must soften after its peak`;
    note(reading, ["interface", "cohesive"], {
      found: `${toughness} J/m² at ${strength} Pa and ${stiffness} Pa/m`,
      allowed,
    });
  }
  return law;
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

function checkTime(file: ScenarioFile, reading: Reading): void {
  const { largestStep, smallestStep } = file.solver.time;
  if (smallestStep > largestStep) {
    note(reading, ["solver", "time", "smallestStep"], { allowed: `at most largestStep, ${largestStep} s` });
  }
}
