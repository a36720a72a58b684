import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Frame } from "../../src/fem/model/frame.js";
import { loadScenario } from "../../src/scenario/load.js";
import { startSimulation } from "../../src/study/simulation.js";
import { type Cell, scenarioOf } from "./matrix.js";

/** How a run of the matrix ended, and how far its numbers went. */
export interface End {
  readonly kind: "protocol" | "limit" | "gave up";
  /** Why, where it was not by its protocol. */
  readonly reason: string;
  readonly steps: number;
  /** Over all steps and places. */
  readonly smallest: number;
  readonly largest: number;
  readonly balances: Frame["balances"];
}

/** Run one cell to its end, in memory. Errors on the way are a run that gave up. */
export function endOf(cell: Cell): End {
  const seen = { steps: 0, smallest: 1, largest: 0, balances: { lithium: 0, charge: 0, momentum: 0 } };
  try {
    const simulation = startSimulation(loaded(scenarioOf(cell)));
    for (;;) {
      const next = simulation.advance();
      if ("ok" in next) {
        if (next.ok) return { ...seen, kind: "protocol", reason: "" };
        return { ...seen, kind: next.limit ? "limit" : "gave up", reason: next.reason };
      }
      note(seen, next);
    }
  } catch (error) {
    return { ...seen, kind: "gave up", reason: (error as Error).message };
  }
}

function note(
  seen: { steps: number; smallest: number; largest: number; balances: Frame["balances"] },
  { particles, balances }: Frame,
): void {
  seen.steps++;
  seen.smallest = Math.min(seen.smallest, ...particles.smallestStoichiometry);
  seen.largest = Math.max(seen.largest, ...particles.largestStoichiometry);
  seen.balances = {
    lithium: Math.max(seen.balances.lithium, balances.lithium),
    charge: Math.max(seen.balances.charge, balances.charge),
    momentum: Math.max(seen.balances.momentum, balances.momentum),
  };
}

function loaded(scenario: Readonly<Record<string, unknown>>) {
  const folder = mkdtempSync(join(tmpdir(), "synchrode-protocols-"));
  const file = join(folder, "scenario.json");
  try {
    writeFileSync(file, JSON.stringify(scenario));
    return loadScenario(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
