import { figures } from "../../words/numbers.js";
import { bands } from "../bands.js";
import { closing, fewestCycles } from "../closing.js";
import type { Criterion, Judged } from "./criterion.js";

/** D: the spread of lithium closes. */
export function lithiumConverges({ run }: Judged): Criterion {
  const count = run.cycles.length;
  const { ratio, firstQuarter, lastQuarter, closes } = closing(run.cycles.map(({ lithium }) => lithium));
  const { lithiumStdFirst, lithiumStdLast } = run.spread;
  const short = count < fewestCycles;
  const remark = [
    short ? `Quarters need ${fewestCycles} cycles; this run has ${count}.` : "",
    run.startsKnown
      ? ""
      : "What a charge moved is counted from the start of the run: the starts of the charges are not recorded.",
  ];
  return {
    id: "D",
    name: "Spread of lithium closes",
    value:
      `S_c(${count})/S_c(1) ${figures(ratio)}; mean of the first quarter ${figures(firstQuarter)}, of the last ` +
      `${figures(lastQuarter)}; standard deviation ${figures(lithiumStdFirst)} → ${figures(lithiumStdLast)}`,
    band: `≤ ${bands.closes}; last quarter of the cycles below the first`,
    holds: short ? null : closes,
    measured: {
      lithiumRatio: ratio,
      lithiumFirstQuarter: firstQuarter,
      lithiumLastQuarter: lastQuarter,
      lithiumTrend: run.trend.lithium.rho,
      lithiumTrendP: run.trend.lithium.pFalling,
    },
    remark: remark.filter((part) => part !== "").join(" ") || null,
  };
}
