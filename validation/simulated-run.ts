import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "../src/fem/model/frame.js";
import { measureSynchronisation, type Synchronisation } from "../src/inference/synchronisation.js";
import { loadScenario } from "../src/scenario/load.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { packageFolder } from "../src/scenario/version.js";
import { recordOf } from "../src/study/record-of.js";
import { startSimulation } from "../src/study/simulation.js";

/** What is changed in a scenario file, written as the file would write it. */
export type Changes = Readonly<Record<string, unknown>>;

/** A shipped scenario with changes, resolved as any file is. */
export function variant(name: string, changes: Changes = {}): Scenario {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-variant-"));
  const file = join(folder, "variant.yaml");
  try {
    writeFileSync(file, JSON.stringify({ base: join(packageFolder(), "scenarios", `${name}.yaml`), ...changes }));
    return loadScenario(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A finished run and the reason when it did not finish. */
export interface SimulatedRun {
  readonly measured: Synchronisation;
  /** Pa, largest normal traction over the surfaces at the end of the first charge. */
  readonly firstTraction: { readonly mean: number; readonly largest: number };
  /** At the end of each charge. */
  readonly ends: readonly EndOfCharge[];
  readonly stopped: string | null;
  readonly steps: number;
}

export interface EndOfCharge {
  /** V */
  readonly voltage: number;
  /** [particle] */
  readonly stoichiometry: readonly number[];
  readonly damage: readonly number[];
}

/** Run a scenario in memory. Throws when not even the first charge is finished. */
export function simulatedRun(scenario: Scenario): SimulatedRun {
  const simulation = startSimulation(scenario);
  const frames: Frame[] = [];
  let firstTraction: SimulatedRun["firstTraction"] | undefined;
  for (;;) {
    const next = simulation.advance();
    if (!("verb" in next)) {
      if (frames.length === 0 || firstTraction === undefined) throw new Error(next.ok ? "nothing ran" : next.reason);
      const record = recordOf(scenario, simulation, frames);
      const stopped = next.ok ? null : next.reason;
      const ends = frames
        .filter(({ ended, verb }) => ended !== null && verb === "charge")
        .map(({ voltage, particles: { meanStoichiometry, damage } }) => ({
          voltage,
          stoichiometry: Array.from(meanStoichiometry),
          damage: Array.from(damage),
        }));
      return { measured: measureSynchronisation(record), firstTraction, ends, stopped, steps: frames.length };
    }
    if (firstTraction === undefined && next.ended !== null) {
      const { meanTraction, largestTraction } = next.particles;
      firstTraction = { mean: Math.max(...meanTraction), largest: Math.max(...largestTraction) };
    }
    frames.push(next);
  }
}
