import { mean } from "../statistics/mean.js";
import { figures } from "../words/numbers.js";
import { bands } from "./bands.js";
import { closing } from "./closing.js";
import { converging } from "./converging.js";
import { interpolate, type Synchronisation } from "./synchronisation.js";

/** Runs that differ from the one judged in one thing each. */
export interface Controls {
  /** Damage without effect on the current. */
  readonly feedbackOff?: Synchronisation;
  /** Every particle covered alike. */
  readonly equalCoverage?: Synchronisation;
  /** Both classes of carbon/binder conduct alike. */
  readonly contrastOne?: Synchronisation;
  /** The same coverages on other particles, one run a permutation. */
  readonly permuted?: readonly Synchronisation[];
  /** The same coverages mirrored, in a geometry that is its own mirror image. */
  readonly mirrored?: Synchronisation;
  /** Eight particles or more. */
  readonly moreParticles?: Synchronisation;
  /** The coverages of another seed. */
  readonly otherSeed?: Synchronisation;
  /** Another mesh or step, finer or coarser. */
  readonly finer?: Synchronisation;
}

export type ControlName = keyof Controls;

const words: Readonly<Record<ControlName, string>> = {
  feedbackOff: "feedback off",
  equalCoverage: "equal coverage",
  contrastOne: "equal conduction",
  permuted: "coverages permuted",
  mirrored: "coverages mirrored",
  moreParticles: "more particles",
  otherSeed: "another seed",
  finer: "another mesh or step",
};

/** What a control is, a few words. */
export function controlWords(name: ControlName): string {
  return words[name];
}

/** Whether a word is the name of a control. */
export function isControl(name: string): name is ControlName {
  return Object.hasOwn(words, name);
}

/** Controls by what each run is; of a kind the first counts, of permutations all. @param runs null: no control */
export function gathered(
  runs: readonly { readonly name: ControlName | null; readonly measured: Synchronisation }[],
): Controls {
  const found: { -readonly [name in keyof Controls]: Controls[name] } = {};
  for (const { name, measured } of runs) {
    if (name === "permuted") found.permuted = [...(found.permuted ?? []), measured];
    else if (name !== null) found[name] ??= measured;
  }
  return found;
}

/** What a control showed: words with numbers, and whether it is what the claim needs. */
export interface ControlVerdict {
  readonly control: ControlName;
  readonly holds: boolean;
  readonly value: string;
  readonly measured: Readonly<Record<string, number | null>>;
}

/** What it means that damage converges with the feedback off as well; "" where it does not. */
export function saturationRemark(off: Synchronisation | undefined): string {
  if (off === undefined || !converging(off).converges) return "";
  if (closing(off.cycles.map(({ lithium }) => lithium)).closes)
    return "With the feedback off damage and lithium converge as well: that is saturation, not synchronisation.";
  return "With the feedback off damage converges as well, as it completes, while lithium does not: here damage alone does not tell that particles fall into step, lithium does (D, E).";
}

/** Feedback off: the spread of lithium stays as it was in cycle 2, and is the larger at equal mean damage. */
export function judgeFeedbackOff(run: Synchronisation, off: Synchronisation): ControlVerdict {
  const second = off.cycles[1]?.lithium ?? null;
  const last = off.spread.lithiumLast;
  const frozen = second !== null && last !== null && second > 0 ? last / second : null;
  const apart = lithiumAtEqualDamage(run, off);
  const wider = apart !== null && apart.off > 0 && apart.off >= bands.atEqualDamage * apart.run;
  const ratio = apart !== null && apart.run > 0 ? apart.off / apart.run : null;
  return {
    control: "feedbackOff",
    holds: frozen !== null && frozen >= bands.frozen && wider,
    value:
      `feedback off: S_c(end)/S_c(2) ${figures(frozen)}, S_c off/on at equal mean damage ${figures(ratio)} ` +
      `(D ${figures(apart?.meanDamage ?? null)})`,
    measured: { feedbackOffFrozen: frozen, feedbackOffLithiumAtEqualDamage: ratio },
  };
}

/** A run that should show no spread at all: equal coverage, or equal conduction. */
export function judgeFlat(
  run: Synchronisation,
  flat: Synchronisation,
  control: "equalCoverage" | "contrastOne",
): ControlVerdict {
  const share = (a: number | null, b: number | null) => (a !== null && b !== null && b > 0 ? a / b : null);
  const lithium = share(flat.spread.lithiumFirst, run.spread.lithiumFirst);
  const damage = share(flat.spread.damageMax, run.spread.damageMax);
  return {
    control,
    holds: lithium !== null && lithium <= bands.none && damage !== null && damage <= bands.none,
    value: `${words[control]}: S_c(1) ${figures(lithium)} and largest S_D ${figures(damage)} of this run's`,
    measured: { [`${control}Lithium`]: lithium, [`${control}Damage`]: damage },
  };
}

/** As many permutations are enough. */
const enough = 24;

/** How many permutations of so many coverages there are to run, the run's own left out: all up to four particles. */
export function permutationsWanted(particles: number): number {
  if (particles > 4) return enough;
  return Array.from({ length: particles }, (_, k) => k + 1).reduce((product, k) => product * k, 1) - 1;
}

/**
 * Coverages permuted: the mean of S_c over the permutations closes as the run's own has to. One permutation alone says less: where
 * carbon/binder is shared, a coverage does not belong to its particle alone.
 */
export function judgePermuted(run: Synchronisation, permuted: readonly Synchronisation[]): ControlVerdict {
  const cycles = Math.min(...permuted.map((one) => one.cycles.length));
  const means = Array.from({ length: cycles }, (_, cycle) => {
    const each = permuted.map((one) => one.cycles[cycle].lithium).filter((value) => value !== null);
    return each.length < permuted.length ? null : mean(each);
  });
  const { ratio, closes } = closing(means);
  return {
    control: "permuted",
    holds: closes,
    value: `coverages permuted, ${permuted.length} of ${permutationsWanted(run.particles)}: S_c(end)/S_c(1) of their mean ${figures(ratio)}`,
    measured: { permutedRatio: ratio, permutations: permuted.length },
  };
}

/** Coverages mirrored: the same run, particle by particle and cycle by cycle. */
export function judgeMirrored(run: Synchronisation, mirrored: Synchronisation): ControlVerdict {
  const first = run.spread.lithiumFirst;
  const count = Math.min(run.cycles.length, mirrored.cycles.length);
  const spreads = Array.from({ length: count }, (_, k) => apart(run.cycles[k].lithium, mirrored.cycles[k].lithium));
  const meanMoved = run.cycles[0].meanMoved;
  const last = mirrored.firstMoved.length - 1;
  const moved = run.firstMoved.map((own, k) => apart(own, mirrored.firstMoved[last - k] ?? null) / meanMoved);
  const share = first !== null && first > 0 ? Math.max(...spreads, ...moved) / first : null;
  return {
    control: "mirrored",
    holds: run.cycles.length === mirrored.cycles.length && share !== null && share <= bands.mirrored,
    value: `coverages mirrored: differ by ${figures(share)} of S_c(1) at most`,
    measured: { mirroredApart: share },
  };
}

/** Infinite where only one of the two is known. */
function apart(a: number | null, b: number | null): number {
  if (a === null && b === null) return 0;
  return a === null || b === null ? Number.POSITIVE_INFINITY : Math.abs(a - b);
}

/** The same story elsewhere: the spread of lithium closes, as criterion D asks of the run itself. */
export function judgeReplicate(
  other: Synchronisation,
  control: "finer" | "moreParticles" | "otherSeed",
): ControlVerdict {
  const { ratio, closes } = closing(other.cycles.map(({ lithium }) => lithium));
  const what = control === "moreParticles" ? `${other.particles} particles` : words[control];
  return {
    control,
    holds: closes,
    value: `${what}: S_c(end)/S_c(1) ${figures(ratio)}, in step at ${other.syncCycle ?? "no cycle"}`,
    measured: { [`${control}Ratio`]: ratio },
  };
}

/** S_c with and without feedback, at the largest mean damage that both reach; null without damage. */
function lithiumAtEqualDamage(run: Synchronisation, off: Synchronisation) {
  const meanDamage = Math.min(...[run, off].map((one) => one.cycles[one.cycles.length - 1].meanDamage));
  const at = (one: Synchronisation) => {
    const known = one.cycles.flatMap(({ meanDamage: x, lithium: y }) => (y === null ? [] : [{ x, y }]));
    if (known.length === 0) return null;
    return interpolate(
      known.map(({ x }) => x),
      known.map(({ y }) => y),
      meanDamage,
    );
  };
  const [own, without] = [at(run), at(off)];
  return meanDamage > 0 && own !== null && without !== null ? { meanDamage, run: own, off: without } : null;
}
