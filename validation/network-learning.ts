import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { writeVtu } from "../src/fem/mesh/vtu.js";
import { type Crew, crewOf } from "../src/inference/learn/crew.js";
import { type Learned, type LearnSettings, learnTable } from "../src/inference/learn/learn.js";
import { learnRecord } from "../src/inference/learn/record.js";
import { type CycleState, readCycleStates } from "../src/result/cycle-states.js";
import { readScenario } from "../src/scenario/load.js";
import { packageFolder } from "../src/scenario/version.js";
import { mean } from "../src/statistics/mean.js";
import { runScenario } from "../src/study/run.js";
import { startSimulation } from "../src/study/simulation.js";
import { columnOf } from "../src/table/particle-table.js";
import { publishedForest } from "./learning/learn-settings.js";
import { plantedOn } from "./learning/planted-on.js";
import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/** The forest of Li et al.; as there without x and y, which are nothing where sides repeat. */
const settings: LearnSettings = { ...publishedForest, target: "Interface damage", leaveOut: ["x [um]", "y [um]"] };

const cycles = [10, 50] as const;

/**
 * Whether own attributes tell the damage of a simulated network early, and the neighbourhood late, as in Fig. 4 of Li et al.,
 * Science 376, 517 (2022). Statements about the reproduction say what is found, agreement or not; controls have to hold.
 */
export const networkLearning: readonly ValidationCase[] = [
  networkLearningOf("network-learning", "network-1000"),
  networkLearningOf("network-learning-contacts-lost", "network-1000-contacts-lost"),
];

function networkLearningOf(called: string, name: string): ValidationCase {
  return {
    name: called,
    title: `learning from ${name} at cycles ${cycles.join(" and ")}: own attributes early, the neighbourhood late?`,
    slow: true,
    run: async (context) => {
      const crew = crewOf(availableParallelism());
      try {
        return await verdicts(await simulated(name, context), context, crew);
      } finally {
        await crew.close();
      }
    },
  };
}

async function simulated(name: string, { report }: ValidationContext): Promise<readonly CycleState[]> {
  const scenarioFile = join(packageFolder(), "scenarios", `${name}.yaml`);
  const folder = mkdtempSync(join(tmpdir(), "synchrode-learning-"));
  let cycle = 0;
  try {
    const { status, message } = await runScenario({
      ...readScenario(scenarioFile),
      scenarioFile,
      folder,
      start: startSimulation,
      encodeFields: writeVtu,
      backend: { requested: "auto", ran: "webasm" },
      onFrame: (frame) => {
        if (frame.cycle === cycle) return;
        cycle = frame.cycle;
        report(`${name}: cycle ${cycle}`);
      },
    });
    if (status !== "done") report(`${name}: ${status}: ${message}`);
    return readCycleStates(folder, cycles);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What two states of a network teach, beside the paper, with the controls. */
export async function verdicts(
  states: readonly CycleState[],
  { report }: ValidationContext,
  crew: Crew,
): Promise<Verdict[]> {
  const learn = ({ cycle, table }: CycleState, own: LearnSettings, name = `cycle ${cycle}`) =>
    learnTable(name, table, own, report, crew);
  const [early, late] = [await learn(states[0], settings), await learn(states[1], settings)];
  const increment = await learn(states[1], { ...settings, target: "Interface damage increment" }, "increment");
  const few = { ...settings, target: "Damage", seeds: 3, subsamples: 3 };
  const planted = plantedOn(states[0].table);
  const [own, around] = [
    await learnTable("planted on own attributes", planted.own, few, report, crew),
    await learnTable("planted on the neighbourhood", planted.around, few, report, crew),
  ];
  return [
    ...reproductionOf("damage", early, late),
    ...reproductionOf("increment of damage", early, increment),
    ...states.map(({ cycle, table }) => {
      const damage = columnOf(table, "Interface damage");
      return between(`mean damage at cycle ${cycle}`, mean(damage), 0, 1);
    }),
    ...[early, late, increment].flatMap(controlsOf),
    between("planted on own attributes: share of the neighbourhood", localShare(own), 0, 0.15),
    between("planted on the neighbourhood: share of it", localShare(around), 0.4, 1),
  ];
}

/** What is asked of a reproduction, one verdict a statement, after what the forests can tell at all. */
function reproductionOf(what: string, early: Learned, late: Learned): Verdict[] {
  const record = learnRecord([early, late], { ...settings, preset: "li2022" }, "");
  const scores = [early, late].map(({ name, ranking }) => between(`${what}, ${name}: R²`, ranking.scores.r2, 0.1, 1));
  const statements = record.reproduction ?? [];
  return [
    ...scores,
    ...statements.map(({ name, found, asked, holds, reference }) => ({
      name: `${what}: ${name}`,
      value: found,
      band: asked,
      holds,
      ...(reference !== null && { details: `Li et al.: ${reference}` }),
    })),
  ];
}

function controlsOf({ name, permuted, planted, ranking }: Learned): Verdict[] {
  const mean = permuted.r2.reduce((sum, r2) => sum + r2, 0) / permuted.r2.length;
  return [
    between(`${name}: R² with damage permuted`, mean, -1, 0),
    between(
      `${name}: planted causes found`,
      planted.filter(({ holds }) => holds).length,
      planted.length,
      planted.length,
    ),
    ...(ranking.additivityError === null ? [] : [atMost(`${name}: adding up`, ranking.additivityError, 1e-9)]),
  ];
}

function localShare({ ranking, leakFree }: Learned): number {
  return (leakFree ?? ranking).groupShares?.local.mean ?? Number.NaN;
}
