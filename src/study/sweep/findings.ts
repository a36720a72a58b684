import { type DesignRule, designRule } from "../../inference/design-rule.js";
import { type Input, mainEffects } from "../../inference/main-effects.js";
import type { Findings, MetricEffects } from "../../result/sweep-folder.js";
import type { Sweep } from "./load.js";
import { judged, metrics } from "./metric.js";
import { axisColumns, type RunResult } from "./table.js";

/** Runs below which nothing is concluded. */
const fewest = 3;

export function findingsOf(sweep: Sweep, results: readonly RunResult[]): Findings {
  const inputs = sweep.axes.map((axis, k): Input => {
    const { number } = axisColumns(axis, sweep.runs, k);
    const levels = sweep.runs.map((run) => run.levels[k]);
    const drawn = (sweep.design === "sobol" || sweep.design === "latin-hypercube") && axis.levels === null;
    const unit = number === null ? "" : (levels[0]?.unit ?? "");
    return {
      name: axis.name,
      unit,
      cells: levels.map((level) => (number === null ? level.label : level.number!)),
      drawn,
    };
  });
  const needed = [...ruled, ...priced].map(({ metric }) => metric);
  const named = new Set([...(sweep.metrics ?? judged), ...needed]);
  const effects = metrics
    .filter(({ name }) => named.has(name))
    .map(({ name, column, of }) => {
      const cells = results.map(({ summary }) => (summary ? of(summary) : null));
      const known = cells.filter((cell) => cell !== null && Number.isFinite(cell)).length;
      return { metric: name, column, known, effects: mainEffects(inputs, cells) };
    });
  const finished = results.filter(({ status }) => status === "done").length;
  return { effects, rule: ruleOf(effects, finished) };
}

/** What a rule is sought for: the price of falling into step or, where too few runs did, the damage at the end. */
const ruled: readonly { readonly metric: string; readonly output: string; readonly did?: string }[] = [
  { metric: "meanDamageAtSync", output: "mean damage at synchronisation", did: "fell into step" },
  { metric: "meanDamageLast", output: "mean damage at the end of the last charge" },
];

/** What a rule may cost. */
const priced = [
  { metric: "voltageLast", output: "voltage at the end of the last charge", unit: "V" },
  { metric: "capacityLast", output: "capacity of the last charge", unit: "mAh/cm³" },
] as const;

function ruleOf(all: readonly MetricEffects[], finished: number): DesignRule | null {
  const of = (metric: string) => all.find((each) => each.metric === metric)!;
  const prices = priced.map(({ metric, ...words }) => ({ ...words, effects: of(metric).effects }));
  for (const { metric, ...words } of ruled) {
    const found = of(metric);
    const varies = found.effects.some(({ share }) => share !== null);
    if (found.known >= fewest && varies && 2 * found.known >= finished)
      return designRule({ ...words, effects: found.effects, known: found.known, finished, prices });
  }
  return null;
}
