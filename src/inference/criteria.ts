import { figures } from "../words/numbers.js";
import { bands } from "./bands.js";
import {
  type ControlName,
  type Controls,
  type ControlVerdict,
  judgeFeedbackOff,
  judgeFlat,
  judgePermuted,
  judgeReplicate,
  saturates,
} from "./controls.js";
import { leastAsynchrony, type Synchronisation } from "./synchronisation.js";
import { rankTrend } from "./trend.js";

/** One of the criteria A–G: what was measured, what is asked, and whether it holds. */
export interface Criterion {
  readonly id: "A" | "B" | "C" | "D" | "E" | "F" | "G";
  readonly name: string;
  /** What was measured, in words with numbers. */
  readonly value: string;
  readonly band: string;
  /** null: cannot be told from the runs at hand; `remark` says what to run. */
  readonly holds: boolean | null;
  readonly measured: Readonly<Record<string, number | null>>;
  readonly remark: string | null;
}

/** What makes a control of the same scenario. */
const controlChanges: Readonly<Record<ControlName, string>> = {
  feedbackOff: "with feedback: { kind: none }",
  equalCoverage: "with equal coverage",
  contrastOne: "with both carbon/binders conducting alike",
  permuted: "with the same coverages on other particles",
  moreParticles: "with eight particles or more",
  otherSeed: "with another seed of coverage",
  finer: "with a finer mesh and step",
};

/** Commands that run them for the three particles that ship. */
const controlRuns: Readonly<Partial<Record<ControlName, string>>> = {
  feedbackOff: "synchrode run scenarios/feedback-off.yaml",
  equalCoverage: "synchrode run scenarios/equal-coverage.yaml",
  contrastOne: "synchrode run scenarios/conductivity-contrast-one.yaml",
  permuted: "synchrode run scenarios/permuted-coverage.yaml",
  moreParticles: "synchrode run scenarios/nine-particles.yaml",
};

function howToRun(name: ControlName, particles: number): string {
  return (particles === 3 ? controlRuns[name] : undefined) ?? `the same scenario ${controlChanges[name]}`;
}

export const saturationRemark =
  "Damage converges with the feedback off as well: that is saturation, not synchronisation.";

/** The criteria A–G of `docs/theory` on synchronisation, for one run and the controls that are at hand. */
export function judge(run: Synchronisation, controls: Controls = {}): readonly Criterion[] {
  return [
    orderedByCoverage(run),
    lateDamage(run),
    damageConverges(run, controls),
    lithiumConverges(run),
    controlsAgree(run, controls),
    holdsElsewhere(run, controls),
    priceStated(run),
  ];
}

function orderedByCoverage(run: Synchronisation): Criterion {
  const first = run.spread.lithiumFirst;
  const lithium = orderOf(run.coverage, run.firstMoved);
  const damage = orderOf(run.coverage, run.firstDamage);
  const many = run.particles > 1;
  const ordered = (rho: number | null) => rho !== null && rho >= bands.order;
  return {
    id: "A",
    name: "Equal start, then apart in the order of coverage",
    value: `S_c(1) ${figures(first)}; rank correlation with coverage ${figures(lithium)} (lithium given), ${figures(damage)} (damage)`,
    band: `equal start; S_c(1) ≥ ${leastAsynchrony}; both correlations ≥ ${bands.order}`,
    holds: many
      ? run.startSpread < 1e-6 && first !== null && first >= leastAsynchrony && ordered(lithium) && ordered(damage)
      : null,
    measured: { startSpread: run.startSpread, lithiumFirst: first, lithiumOrder: lithium, damageOrder: damage },
    remark: many ? null : "One particle has nobody to be out of step with.",
  };
}

function lateDamage(run: Synchronisation): Criterion {
  const { held, shareOfCharge, lastFortyPercent } = run.onset;
  const known = shareOfCharge !== null && lastFortyPercent !== null;
  return {
    id: "B",
    name: "Damage diverges late in the first charge",
    value: known
      ? `opens at ${figures(shareOfCharge)} of the charge; ${percent(lastFortyPercent)} of the spread in its last 40 %`
      : "no spread of damage in the first charge",
    band: `opens at ≥ ${bands.opens}; ≥ ${percent(bands.late)} in the last 40 %`,
    holds: held ? null : known && shareOfCharge >= bands.opens && lastFortyPercent >= bands.late,
    measured: { onsetShare: shareOfCharge, lastFortyPercent },
    remark: held ? "Not applicable: a hold is part of the charge, and how long it lasts decides what is late." : null,
  };
}

function damageConverges(run: Synchronisation, controls: Controls): Criterion {
  const count = run.cycles.length;
  const { damageMax, damageMaxCycle, damageLast } = run.spread;
  const ratio = damageMax > 0 ? damageLast / damageMax : null;
  const [some, many] = bands.falls;
  const limit = count >= many.cycles ? many.share : some.share;
  const [early, late] = [run.cycles[0].damageRelative, run.cycles[count - 1].damageRelative];
  const falling = early !== null && late !== null && late < early;
  const met = ratio !== null && damageMaxCycle > 1 && damageMaxCycle < count && ratio <= limit && falling;
  const short = !met && count < some.cycles;
  const saturated = controls.feedbackOff !== undefined && saturates(controls.feedbackOff);
  return {
    id: "C",
    name: "Spread of damage rises, then falls",
    value:
      `largest S_D ${figures(damageMax)} at cycle ${damageMaxCycle}; S_D(${count})/S_D(${damageMaxCycle}) ${figures(ratio)}; ` +
      `S_D/mean D ${figures(early)} → ${figures(late)}`,
    band:
      `largest inside the run; falls to ≤ ${some.share} of it after ${some.cycles} cycles, ≤ ${many.share} after ` +
      `${many.cycles}; S_D/mean D falls`,
    holds: short ? null : met,
    measured: { damageRatio: ratio, damageMaxCycle, relativeFirst: early, relativeLast: late },
    remark: short ? `Judged after ${some.cycles} cycles; this run has ${count}.` : saturated ? saturationRemark : null,
  };
}

function lithiumConverges(run: Synchronisation): Criterion {
  const { lithiumFirst, lithiumLast } = run.spread;
  const ratio = lithiumFirst !== null && lithiumLast !== null && lithiumFirst > 0 ? lithiumLast / lithiumFirst : null;
  const { rho, pFalling } = run.trend.lithium;
  const short = run.cycles.length < 3;
  return {
    id: "D",
    name: "Spread of lithium closes",
    value: `S_c(${run.cycles.length})/S_c(1) ${figures(ratio)}; Spearman ρ ${figures(rho)} (${chance(pFalling)})`,
    band: `≤ ${bands.closes}; ρ < 0`,
    holds: short ? null : ratio !== null && ratio <= bands.closes && rho !== null && rho < 0,
    measured: { lithiumRatio: ratio, lithiumTrend: rho, lithiumTrendP: pFalling },
    remark: short ? `A trend needs 3 cycles; this run has ${run.cycles.length}.` : null,
  };
}

function controlsAgree(run: Synchronisation, controls: Controls): Criterion {
  const { feedbackOff, equalCoverage, contrastOne, permuted } = controls;
  const verdicts = [
    feedbackOff && judgeFeedbackOff(run, feedbackOff),
    equalCoverage && judgeFlat(run, equalCoverage, "equalCoverage"),
    contrastOne && judgeFlat(run, contrastOne, "contrastOne"),
    permuted && judgePermuted(run, permuted),
  ].filter((verdict) => verdict !== undefined);
  return combine(verdicts, ["feedbackOff", "equalCoverage", "contrastOne", "permuted"], run.particles, {
    id: "E",
    name: "The controls do not synchronise",
    band:
      `feedback off: S_c(end) ≥ ${bands.frozen} S_c(2), S_D grows to the end and is ≥ ${bands.atEqualDamage} times as large at ` +
      `equal damage; equal coverage, equal conductivities: ≤ ${bands.none} of this run's spreads; ` +
      `permuted: like-covered within ${bands.alike} of the spread`,
    extra: feedbackOff && saturates(feedbackOff) ? saturationRemark : null,
  });
}

function holdsElsewhere(run: Synchronisation, controls: Controls): Criterion {
  const names = ["moreParticles", "otherSeed", "finer"] as const;
  const verdicts = names.flatMap((name) => {
    const other = controls[name];
    return other ? [judgeReplicate(other, name)] : [];
  });
  return combine(verdicts, names, run.particles, {
    id: "F",
    name: "Holds for more particles, other seeds, other meshes",
    band: `S_c(end)/S_c(1) ≤ ${bands.closes} and falling in each`,
    extra: null,
  });
}

function combine(
  verdicts: readonly ControlVerdict[],
  needed: readonly ControlName[],
  particles: number,
  text: { readonly id: "E" | "F"; readonly name: string; readonly band: string; readonly extra: string | null },
): Criterion {
  const missing = needed.filter((name) => !verdicts.some(({ control }) => control === name));
  const failed = verdicts.some(({ holds }) => !holds);
  const runs = missing.map((name) => howToRun(name, particles));
  const ask = missing.length > 0 ? `To judge: ${runs.join("; ")}; then synchrode report with all the folders.` : null;
  return {
    id: text.id,
    name: text.name,
    value: verdicts.length > 0 ? verdicts.map(({ value }) => value).join("; ") : "not run",
    band: text.band,
    holds: failed ? false : missing.length > 0 ? null : true,
    measured: Object.assign({}, ...verdicts.map(({ measured }) => measured)),
    remark: [text.extra, ask].filter((part) => part !== null).join(" ") || null,
  };
}

function priceStated(run: Synchronisation): Criterion {
  const [first, last] = [run.cycles[0], run.cycles[run.cycles.length - 1]];
  const cuts = run.cycles.filter(({ cutOff }) => cutOff).length;
  const damage = run.syncCycle === null ? "not in step" : `mean damage in step ${figures(run.meanDamageAtSync)}`;
  return {
    id: "G",
    name: "Price stated: voltage, capacity, damage, cut-offs",
    value:
      `end of charge ${first.voltage.toFixed(3)} → ${last.voltage.toFixed(3)} V; charge passed ${figures(first.throughput)} → ` +
      `${figures(last.throughput)} mAh/cm³; ${damage}; voltage limit ended ${cuts} of ${run.cycles.length} charges`,
    band: "stated",
    holds: [first.voltage, last.voltage, first.throughput, last.throughput].every(Number.isFinite),
    measured: {
      voltageFirst: first.voltage,
      voltageLast: last.voltage,
      throughputFirst: first.throughput,
      throughputLast: last.throughput,
      meanDamageAtSync: run.meanDamageAtSync,
      cutOffs: cuts,
    },
    remark: cuts > 0 ? "A voltage limit was hit: the spread is normalised by the lithium that still moved." : null,
  };
}

/** Rank correlation of coverage with a column; with two particles, the sign of their difference. */
function orderOf(coverage: readonly number[], column: readonly number[]): number | null {
  if (coverage.length === 2) return Math.sign((coverage[0] - coverage[1]) * (column[0] - column[1])) || null;
  return rankTrend(coverage, column).rho;
}

/** A p-value in words. */
function chance(p: number | null): string {
  if (p === null) return "too few cycles for a p";
  return p < 0.001 ? "p < 0.001" : `p ${figures(p, 2)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(0)} %`;
}
