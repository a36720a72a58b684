import type { CycleSpread } from "../../inference/synchronisation.js";
import type { Summary } from "../../result/summary.js";

/** A number of a finished run that the table of a sweep holds. */
export interface Metric {
  /** As in `summary.json`, dotted. */
  readonly name: string;
  /** Name of its column. */
  readonly column: string;
  readonly of: (summary: Summary) => number | null;
}

const first = (summary: Summary): CycleSpread | undefined => summary.perCycle[0];
const last = (summary: Summary): CycleSpread | undefined => summary.perCycle.at(-1);

export const metrics: readonly Metric[] = [
  { name: "cycles", column: "Cycles", of: ({ cycles }) => cycles },
  { name: "syncCycle", column: "Synchronisation cycle", of: ({ syncCycle }) => syncCycle },
  {
    name: "meanDamageAtSync",
    column: "Mean damage at synchronisation",
    of: ({ meanDamageAtSync }) => meanDamageAtSync,
  },
  { name: "spread.lithiumFirst", column: "First lithium spread", of: ({ spread }) => spread?.lithiumFirst ?? null },
  {
    name: "lithiumSecond",
    column: "Second lithium spread",
    of: ({ perCycle }) => perCycle[1]?.lithium ?? null,
  },
  { name: "spread.lithiumLast", column: "Last lithium spread", of: ({ spread }) => spread?.lithiumLast ?? null },
  { name: "spread.damageMax", column: "Largest damage spread", of: ({ spread }) => spread?.damageMax ?? null },
  {
    name: "spread.damageMaxCycle",
    column: "Cycle of largest damage spread",
    of: ({ spread }) => spread?.damageMaxCycle ?? null,
  },
  { name: "spread.damageLast", column: "Last damage spread", of: ({ spread }) => spread?.damageLast ?? null },
  { name: "meanDamageFirst", column: "First mean damage", of: (summary) => first(summary)?.meanDamage ?? null },
  { name: "meanDamageLast", column: "Last mean damage", of: (summary) => last(summary)?.meanDamage ?? null },
  { name: "capacityFirst", column: "First capacity [mAh/cm3]", of: (summary) => first(summary)?.throughput ?? null },
  { name: "capacityLast", column: "Last capacity [mAh/cm3]", of: (summary) => last(summary)?.throughput ?? null },
  { name: "voltageFirst", column: "First end voltage [V]", of: (summary) => first(summary)?.voltage ?? null },
  { name: "voltageLast", column: "Last end voltage [V]", of: (summary) => last(summary)?.voltage ?? null },
  { name: "steps", column: "Time steps", of: ({ steps }) => steps },
  { name: "unknowns", column: "Unknowns", of: ({ unknowns }) => unknowns },
];

/** Metrics by which a sweep is judged, unless its file names others. */
export const judged: readonly string[] = [
  "syncCycle",
  "meanDamageAtSync",
  "meanDamageLast",
  "spread.lithiumFirst",
  "spread.lithiumLast",
  "spread.damageLast",
  "voltageLast",
  "capacityLast",
];
