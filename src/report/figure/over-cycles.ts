import type { TopLevelSpec } from "vega-lite";
import { leastAsynchrony } from "../../inference/synchronisation.js";
import { mean, range } from "../../statistics/mean.js";
import type { Run } from "../measured-run.js";
import { thin } from "../thin.js";
import { cycleAxis, formLines } from "./cycle-lines.js";
import { particleCourses } from "./particle-lines.js";
import { round } from "./round.js";
import { figure, ink, mostPoints, muted, quantitative } from "./theme.js";

/** Spread of lithium among the particles at the end of each charge (Li et al. 2022, Fig. 3C). */
export function lithiumSpread(run: Run): TopLevelSpec {
  const kept = keptCycles(run);
  const forms = [run.measured.spreadMeasure, "std. deviation", "least − most"] as const;
  const values = kept.flatMap(({ cycle, lithium, lithiumStd, lithiumSigned }) =>
    [lithium, lithiumStd, lithiumSigned].map((value, k) => ({ cycle, form: forms[k], value: value && round(value) })),
  );
  const dashes = [
    [1, 0],
    [6, 3],
    [2, 3],
  ] as const;
  const lines = formLines(values, forms, "Spread of lithium / mean Δs", dashes);
  return figure("Lines: spread of the lithium that the particles gave in each charge against the cycle.", {
    layer: [lines, zeroLine, ...syncMark(run)],
  });
}

/** Damage of each particle at the end of each charge, with the mean (Fig. 3D). */
export function damageOverCycles(run: Run): TopLevelSpec {
  const kept = keptCycles(run);
  const rows = kept.map(({ cycle }) => run.record.cycles[cycle - 1].damage);
  const lines = particleCourses(run, {
    x: cyclesOf(kept),
    y: rows,
    axes: { x: cycleAxis, y: { title: "Damage D" } },
  });
  const average = meanLine(kept.map(({ cycle, meanDamage }) => ({ x: cycle, y: round(meanDamage) })));
  return figure("Lines: damage of each particle against the cycle; dashed: their mean.", { layer: [lines, average] });
}

/** Crack share of each particle at the end of each charge, with the mean; null where none was recorded. */
export function cracksOverCycles(run: Run): TopLevelSpec | null {
  const kept = keptCycles(run);
  const rows = kept.flatMap(({ cycle }) => {
    const { crackShare } = run.record.cycles[cycle - 1];
    return crackShare === undefined ? [] : [crackShare];
  });
  if (rows.length === 0 || rows.length < kept.length) return null;
  const axes = { x: cycleAxis, y: { title: "Crack share A" } };
  const lines = particleCourses(run, { x: cyclesOf(kept), y: rows, axes });
  const means = rows.map((row, k) => ({ x: kept[k].cycle, y: round(mean(row)) }));
  return figure("Lines: crack share of each particle against the cycle; dashed: their mean.", {
    layer: [lines, meanLine(means)],
  });
}

/** The dashed black line of a mean. */
function meanLine(values: readonly { readonly x: number; readonly y: number }[]) {
  return {
    data: { values: [...values] },
    mark: { type: "line", color: ink, strokeDash: [5, 4], strokeWidth: 1.5 },
    encoding: { x: { field: "x", type: quantitative }, y: { field: "y", type: quantitative } },
  };
}

/** Each particle's deviation from the mean damage; the mean is the black dashed line (Fig. 3E). */
export function damageDeviation(run: Run): TopLevelSpec {
  const kept = keptCycles(run);
  const rows = kept.map(({ deviation }) => deviation);
  const lines = particleCourses(run, {
    x: cyclesOf(kept),
    y: rows,
    axes: {
      x: cycleAxis,
      y: { title: "Deviation from mean damage" },
    },
  });
  const average = {
    data: { values: [{}] },
    mark: { type: "rule", strokeDash: [5, 4], strokeWidth: 1.5 },
    encoding: { y: { datum: 0 } },
  };
  return figure("Lines: damage of each particle less the mean, against the cycle; dashed: the mean.", {
    layer: [lines, average],
  });
}

/** Voltage at the end of each charge: the price of falling into step. */
export function endVoltage(run: Run): TopLevelSpec {
  return oneLine(run, "voltage", "Voltage at end of charge (V)");
}

/** What each charge moved. */
export function chargePassed(run: Run): TopLevelSpec {
  return oneLine(run, "throughput", "Charge passed (mAh/cm³)");
}

const zeroLine = {
  data: { values: [{}] },
  mark: { type: "rule", color: muted, strokeWidth: 0.75 },
  encoding: { y: { datum: 0 } },
};

function syncMark(run: Run): object[] {
  const { syncCycle, spread } = run.measured;
  if (syncCycle === null || (spread.lithiumFirst ?? 0) < leastAsynchrony) return [];
  const data = { values: [{ x: syncCycle, label: `in step: cycle ${syncCycle}` }] };
  const x = { field: "x", type: quantitative };
  const late = syncCycle > run.measured.cycles.length / 2;
  return [
    { data, mark: { type: "rule", strokeDash: [2, 3] }, encoding: { x } },
    {
      data,
      mark: { type: "text", align: late ? "right" : "left", dx: late ? -5 : 5, y: 10 },
      encoding: { x, text: { field: "label" } },
    },
  ];
}

function keptCycles(run: Run) {
  const { cycles } = run.measured;
  const kept = thin(
    cycles.map(({ damage }) => damage),
    mostPoints,
  );
  return kept.map((k) => cycles[k]);
}

function cyclesOf(kept: ReturnType<typeof keptCycles>): number[] {
  return kept.map(({ cycle }) => cycle);
}

function oneLine(run: Run, field: "voltage" | "throughput", title: string): TopLevelSpec {
  const kept = keptCycles(run);
  const values = kept.map((cycle) => cycle[field]);
  const flat = range(values) < 1e-6 * Math.abs(values[0]);
  const scale = flat ? { domain: [0.9 * values[0], 1.1 * values[0]].map(round), nice: true } : { zero: false };
  return figure(`Line: ${title} against the cycle.`, {
    data: { values: kept.map((cycle) => ({ cycle: cycle.cycle, value: round(cycle[field]), cutOff: cycle.cutOff })) },
    encoding: {
      x: { field: "cycle", type: quantitative, ...cycleAxis },
      y: { field: "value", type: quantitative, title, scale },
    },
    layer: [
      { mark: { type: "line", color: ink, point: kept.length < 3 } },
      { transform: [{ filter: "datum.cutOff" }], mark: { type: "point", filled: true, color: "#c8412b", size: 28 } },
    ],
  });
}
