import { mean } from "../statistics/mean.js";
import { figures } from "../words/numbers.js";
import { type Controls, saturationRemark } from "./controls.js";
import { priceOf } from "./price.js";
import { byCoverage, leastAsynchrony, type Synchronisation } from "./synchronisation.js";

/**
 * The result in sentences: who was overworked, when damage set in, whether the particles fell into step, and the price.
 * @param tau s, theoretical time of the full capacity at the rate of the fastest charge.
 */
export function readResult(run: Synchronisation, tau: number, controls: Controls = {}): readonly string[] {
  return [overworked(run), onset(run, tau), inStep(run), damageStory(run, controls), price(run)].filter(
    (sentence) => sentence !== "",
  );
}

function overworked(run: Synchronisation): string {
  if (run.particles === 1) return "One particle has nobody to be out of step with.";
  const moved = run.firstMoved;
  const k = moved.indexOf(Math.max(...moved));
  const share = (moved[k] / mean(moved) - 1) * 100;
  const rank = byCoverage(run.coverage).indexOf(k);
  const [worse, others] = [run.particles - 1 - rank, run.particles - 1];
  const place =
    rank === 0
      ? "the best covered"
      : worse === 0
        ? "the worst covered"
        : `better covered than ${worse} of the ${others} others`;
  if ((run.spread.lithiumFirst ?? 0) < leastAsynchrony)
    return `In the first charge the particles gave lithium nearly alike: they differ by ${figures(run.spread.lithiumFirst)} of the mean.`;
  return (
    `Particle ${k + 1}, ${place} (${(100 * run.coverage[k]).toFixed(0)} % of its surface on the high-conductivity ` +
    `carbon/binder), was overworked: in the first charge it gave ${share.toFixed(0)} % more lithium than the mean.`
  );
}

function onset(run: Synchronisation, tau: number): string {
  const { time, endOfCharge, lastFortyPercent } = run.onset;
  if (time === null || lastFortyPercent === null) return "The first charge left no difference in damage.";
  return (
    `Damage set them apart from t/τ = ${(time / tau).toFixed(2)} on; the charge ended at ${(endOfCharge / tau).toFixed(2)}, and ` +
    `${(100 * lastFortyPercent).toFixed(0)} % of the difference arose in its last 40 %.`
  );
}

function inStep(run: Synchronisation): string {
  const { lithiumFirst, lithiumLast } = run.spread;
  if (run.particles === 1 || lithiumFirst === null || lithiumFirst < leastAsynchrony) return "";
  const count = run.cycles.length;
  const spread = `the spread of lithium went from ${figures(lithiumFirst)} to ${figures(lithiumLast)} of what moved in ${count} ${count === 1 ? "cycle" : "cycles"}`;
  const flipped = run.cycles.find(({ lithiumSigned }) => (lithiumSigned ?? -1) > 0);
  const order = flipped
    ? ` From cycle ${flipped.cycle} the best covered particle gave less than the worst covered.`
    : "";
  if (run.syncCycle === null) return `They did not fall into step: ${spread}.${order}`;
  return (
    `They fell into step at cycle ${run.syncCycle} (spread at most ${figures(run.syncFraction)} of the first, and it stays so), ` +
    `at a mean damage of ${figures(run.meanDamageAtSync)}: ${spread}.${order}`
  );
}

function damageStory(run: Synchronisation, controls: Controls): string {
  const { damageMax, damageMaxCycle, damageLast } = run.spread;
  if (!(damageMax > 0) || run.cycles.length < 2) return "";
  const last = run.cycles[run.cycles.length - 1];
  const words =
    damageMaxCycle === last.cycle
      ? `The spread of damage grew to the end, to ${figures(damageLast)}`
      : `The spread of damage was largest at cycle ${damageMaxCycle} (${figures(damageMax)}) and ended at ${figures(damageLast)}`;
  return `${words}, with a mean damage of ${figures(last.meanDamage)}. ${saturationRemark(controls.feedbackOff)}`.trim();
}

/** What is paid under limits of voltage is capacity; where charge is forced, it is voltage. */
function price(run: Synchronisation): string {
  const [first, last] = [run.cycles[0], run.cycles[run.cycles.length - 1]];
  const count = run.cycles.length;
  const { paid, capacityLost, rise, cutOffs } = priceOf(run);
  if (paid === "capacity") {
    const how = `${capacityLost >= 0 ? "fell" : "rose"} by ${figures(100 * Math.abs(capacityLost))} %`;
    const ends = `from ${figures(first.throughput)} to ${figures(last.throughput)} mAh/cm³ of particles`;
    return `The price: the charge that passed before the voltage limit ${how}, ${ends}; the limit ended ${cutOffs} of ${count} charges.`;
  }
  const limit = cutOffs === 0 ? "no voltage limit was hit" : `a voltage limit ended ${cutOffs} of ${count} charges`;
  const ends = `from ${first.voltage.toFixed(2)} to ${last.voltage.toFixed(2)} V`;
  return `The price: the voltage at the end of charge ${rise >= 0 ? "rose" : "fell"} by ${Math.abs(1000 * rise).toFixed(0)} mV, ${ends}; ${limit}.`;
}
