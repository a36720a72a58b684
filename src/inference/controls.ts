import { mean, range } from "../statistics/mean.js";
import { figures } from "../words/numbers.js";
import { bands } from "./bands.js";
import { byCoverage, interpolate, type Synchronisation } from "./synchronisation.js";

/** Runs that differ from the one judged in one thing each. */
export interface Controls {
  /** Damage without effect on the current. */
  readonly feedbackOff?: Synchronisation;
  /** Every particle covered alike. */
  readonly equalCoverage?: Synchronisation;
  /** Both classes of carbon/binder conduct alike. */
  readonly contrastOne?: Synchronisation;
  /** The same coverages on other particles. */
  readonly permuted?: Synchronisation;
  /** Eight particles or more. */
  readonly moreParticles?: Synchronisation;
  /** The coverages of another seed. */
  readonly otherSeed?: Synchronisation;
  /** Another mesh or step. */
  readonly finer?: Synchronisation;
}

export type ControlName = keyof Controls;

/** What a control showed: words with numbers, and whether it is what the claim needs. */
export interface ControlVerdict {
  readonly control: ControlName;
  readonly holds: boolean;
  readonly value: string;
  readonly measured: Readonly<Record<string, number | null>>;
}

/** Feedback off: lithium spread frozen after cycle 2, damage spread growing to the end, and the larger at equal damage. */
export function judgeFeedbackOff(run: Synchronisation, off: Synchronisation): ControlVerdict {
  const second = off.cycles[1]?.lithium ?? null;
  const last = off.spread.lithiumLast;
  const frozen = second !== null && last !== null ? last / second : null;
  const growing = off.spread.damageLast / off.spread.damageMax;
  const at = spreadAtEqualDamage(run, off);
  return {
    control: "feedbackOff",
    holds:
      frozen !== null && frozen >= bands.frozen && growing >= bands.growing && at !== null && at >= bands.atEqualDamage,
    value:
      `feedback off: S_c(end)/S_c(2) ${figures(frozen)}, S_D(end)/largest S_D ${figures(growing)}, ` +
      `S_D off/on at equal mean damage ${figures(at)}`,
    measured: { feedbackOffFrozen: frozen, feedbackOffGrowing: growing, feedbackOffAtEqualDamage: at },
  };
}

/** Damage that converges with feedback off as well is saturation, not synchronisation. */
export function saturates(off: Synchronisation): boolean {
  return off.spread.damageMax > 0 && off.spread.damageLast <= bands.falls[0].share * off.spread.damageMax;
}

/** A run that should show no spread at all: equal coverage, or equal conductivities. */
export function judgeFlat(run: Synchronisation, flat: Synchronisation, control: ControlName): ControlVerdict {
  const share = (a: number | null, b: number | null) => (a !== null && b !== null && b > 0 ? a / b : null);
  const lithium = share(flat.spread.lithiumFirst, run.spread.lithiumFirst);
  const damage = share(flat.spread.damageMax, run.spread.damageMax);
  const words = control === "equalCoverage" ? "equal coverage" : "equal conductivities";
  return {
    control,
    holds: lithium !== null && lithium <= bands.none && damage !== null && damage <= bands.none,
    value: `${words}: S_c(1) ${figures(lithium)} and largest S_D ${figures(damage)} of this run's`,
    measured: { [`${control}Lithium`]: lithium, [`${control}Damage`]: damage },
  };
}

/** Coverages permuted: particles covered alike end the first charge alike, wherever they sit. */
export function judgePermuted(run: Synchronisation, permuted: Synchronisation): ControlVerdict {
  const sorted = (one: Synchronisation) => byCoverage(one.coverage).map((k) => one.firstMoved[k]);
  const [a, b] = [sorted(run), sorted(permuted)];
  const spread = range(a);
  const apart =
    a.length === b.length && spread > 0 ? Math.max(...a.map((value, k) => Math.abs(value - b[k]))) / spread : null;
  return {
    control: "permuted",
    holds: apart !== null && apart <= bands.alike,
    value: `coverages permuted: like-covered particles differ by ${figures(apart)} of the first spread`,
    measured: { permutedApart: apart },
  };
}

/** The same story elsewhere: lithium spread falls to half, as criterion D asks of the run itself. */
export function judgeReplicate(other: Synchronisation, control: ControlName): ControlVerdict {
  const { lithiumFirst, lithiumLast } = other.spread;
  const ratio = lithiumFirst !== null && lithiumLast !== null && lithiumFirst > 0 ? lithiumLast / lithiumFirst : null;
  const words = {
    moreParticles: `${other.particles} particles`,
    otherSeed: "another seed",
    finer: "another mesh or step",
  };
  return {
    control,
    holds: ratio !== null && ratio <= bands.closes && (other.trend.lithium.rho ?? 0) < 0,
    value: `${words[control as keyof typeof words]}: S_c(end)/S_c(1) ${figures(ratio)}, in step at ${other.syncCycle ?? "no cycle"}`,
    measured: { [`${control}Ratio`]: ratio },
  };
}

/** S_D without over S_D with feedback, at the largest mean damage that both reach. */
function spreadAtEqualDamage(run: Synchronisation, off: Synchronisation): number | null {
  const at = Math.min(...[run, off].map((one) => one.cycles[one.cycles.length - 1].meanDamage));
  const spread = [run, off].map((one) =>
    interpolate(
      [0, ...one.cycles.map((cycle) => cycle.meanDamage)],
      [0, ...one.cycles.map((cycle) => cycle.damage)],
      at,
    ),
  );
  return at > 0 && mean(spread) > 0 && spread[0] > 0 ? spread[1] / spread[0] : null;
}
