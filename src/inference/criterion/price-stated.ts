import { figures } from "../../words/numbers.js";
import { priceHeadline, priceOf } from "../price.js";
import type { Criterion, Judged } from "./criterion.js";

/** G: what the user pays is stated, the headline first. */
export function priceStated({ run }: Judged): Criterion {
  const [first, last] = [run.cycles[0], run.cycles[run.cycles.length - 1]];
  const price = priceOf(run);
  const damage = run.syncCycle === null ? "not in step" : `mean damage in step ${figures(run.meanDamageAtSync)}`;
  const cuts = `voltage limit ended ${price.cutOffs} of ${run.cycles.length} charges`;
  return {
    id: "G",
    name: "Price stated: capacity under limits, voltage where charge is forced",
    value:
      `${priceHeadline(price)}; charge passed ${figures(first.throughput)} → ${figures(last.throughput)} mAh/cm³, end of charge ` +
      `${first.voltage.toFixed(3)} → ${last.voltage.toFixed(3)} V; ${damage}; ${cuts}`,
    band: "stated",
    holds: [first.voltage, last.voltage, first.throughput, last.throughput].every(Number.isFinite),
    measured: {
      capacityLost: price.capacityLost,
      voltageRise: price.rise,
      voltageFirst: first.voltage,
      voltageLast: last.voltage,
      throughputFirst: first.throughput,
      throughputLast: last.throughput,
      meanDamageAtSync: run.meanDamageAtSync,
      cutOffs: price.cutOffs,
    },
    remark:
      price.cutOffs > 0 ? "A voltage limit was hit: spreads are over the lithium that each charge still moved." : null,
  };
}
