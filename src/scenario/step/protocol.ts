import { note, type Reading } from "../reading.js";
import type { Scenario } from "../scenario.js";
import type { ScenarioFile } from "../schema.js";
import { kindOfStep, type ProtocolStep, verbs } from "./steps.js";

type StepFile = ScenarioFile["protocol"]["steps"][number];

/**
 * The protocol with its clock; undefined when something in it is wrong.
 * @param material its Δs of the full capacity and where it starts; undefined when the material is wrong.
 */
export function resolveProtocol(
  file: ScenarioFile,
  reading: Reading,
  material: Pick<Scenario["activeMaterial"], "initialStoichiometry" | "usableWindow"> | undefined,
): Scenario["protocol"] | undefined {
  const before = reading.faults.length;
  const steps = file.protocol.steps.flatMap((step, index) => resolveStep(step, index, reading));
  const rate = fastest(steps);
  if (rate === undefined && before === reading.faults.length) {
    note(reading, ["protocol", "steps"], {
      found: "no charge or discharge",
      allowed: "at least one, as it sets the clock",
    });
  }
  checkCutOffs(steps, reading);
  if (material) checkWindow(material.initialStoichiometry, material.usableWindow, steps, reading);
  if (rate === undefined || before !== reading.faults.length) return undefined;
  return { repeat: file.protocol.repeat, steps, tau: file.protocol.tau ?? 3600 / rate };
}

/** The rate that sets the clock: of charges if there are any, so that no slow formation or fast discharge changes it. */
function fastest(steps: readonly ProtocolStep[]): number | undefined {
  const charges = steps.filter((step) => kindOfStep(step).direction > 0 && step.rate !== undefined);
  const rates = (charges.length > 0 ? charges : steps).flatMap(({ rate }) => (rate === undefined ? [] : [rate]));
  return rates.length > 0 ? Math.max(...rates) : undefined;
}

function resolveStep(step: StepFile, index: number, reading: Reading): ProtocolStep[] {
  const path = ["protocol", "steps", index];
  const given = verbs.filter((verb) => step[verb] !== undefined);
  const verb = given[0];
  if (verb === undefined || given.length > 1) {
    note(reading, path, { allowed: `exactly one key out of: ${verbs.join(", ")}` });
    return [];
  }
  const instruction = step[verb] ?? { until: {} };
  const until = Object.fromEntries(Object.entries(instruction.until).filter(([, value]) => value !== undefined));
  if (Object.keys(until).length === 0) {
    const conditions = Object.keys(kindOfStep({ verb }).said.shape.until.shape).join(", ");
    note(reading, [...path, verb, "until"], { allowed: `at least one condition out of: ${conditions}` });
  }
  const { until: _, ...rest } = instruction;
  return [{ verb, ...rest, until }];
}

function checkCutOffs(steps: readonly ProtocolStep[], reading: Reading): void {
  const upper = steps.findIndex((step) => kindOfStep(step).direction > 0 && step.until.voltage !== undefined);
  for (const [index, step] of steps.entries()) {
    const low = step.until.voltage;
    const high = steps[upper]?.until.voltage;
    if (kindOfStep(step).direction >= 0 || low === undefined || high === undefined || low < high) continue;
    const path = ["protocol", "steps", index, step.verb, "until", "voltage"];
    note(reading, path, { allowed: `below the cut-off of the charge, ${high} V` });
  }
}

/** Lithium cannot be taken out of, or put into, a particle without end. */
function checkWindow(start: number, usableWindow: number, steps: readonly ProtocolStep[], reading: Reading): void {
  for (const [index, step] of steps.entries()) {
    if (step.until.throughput === undefined || index > 0) continue;
    const { direction } = kindOfStep(step);
    const room = direction > 0 ? start : direction < 0 ? 1 - start : 1;
    if (step.until.throughput * usableWindow < room) continue;
    const path = ["protocol", "steps", index, step.verb, "until", "throughput"];
    const allowed = `below ${room / usableWindow}: from stoichiometry ${start} no more can be moved`;
    note(reading, path, { allowed });
  }
}
