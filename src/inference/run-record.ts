/** What the measures of synchronisation need from a run, simulated or read back from a results folder. */
export interface RunRecord {
  /** One a cycle, in order, from cycle 1. */
  readonly cycles: readonly CycleRecord[];
  readonly firstCharge: FirstCharge;
  /** s0, the same for all particles. */
  readonly initialStoichiometry: number;
  /** Measured, by particle: share of the surface touched by high-conductivity carbon/binder. */
  readonly coverage: readonly number[];
}

/** The state at the end of the charge of one cycle. */
export interface CycleRecord {
  /** From 1. */
  readonly cycle: number;
  /** By particle. */
  readonly meanStoichiometry: readonly number[];
  /** By particle, at the start of this charge; without it, what the charge moved is counted from the start of the run. */
  readonly startStoichiometry?: readonly number[];
  /** By particle, area mean of D; and as the charge began, absent in records that do not hold it. */
  readonly damage: readonly number[];
  readonly startDamage?: readonly number[];
  /** By particle, of its own volume; only where cracks were recorded. */
  readonly crackShare?: readonly number[];
  /** V */
  readonly voltage: number;
  /** s since the start of the run. */
  readonly time: number;
  /** True when a voltage limit ended the charge. */
  readonly cutOff: boolean;
  /** Capacity moved by this charge, in the unit of the caller (mAh/cm³ in results folders). */
  readonly throughput: number;
}

/** The first charge, resolved in time. */
export interface FirstCharge {
  /** True when a hold is part of the charge. */
  readonly held?: boolean;
  /** s since the start of the charge; increasing. */
  readonly time: readonly number[];
  /** `[time][particle]` */
  readonly damage: readonly (readonly number[])[];
  /** `[time][particle]` */
  readonly meanStoichiometry: readonly (readonly number[])[];
}

/** Throws a `RangeError` when the parts of the record do not fit together. */
export function checkRunRecord(record: RunRecord): void {
  const particles = record.coverage.length;
  const refuse = (found: string, allowed: string): never => {
    throw new RangeError(`Measuring synchronisation: found ${found}; ${allowed}.`);
  };
  if (particles === 0) refuse("no particle", "give the coverage of at least one");
  if (record.cycles.length === 0)
    refuse("no finished charge", "at least one cycle must have reached its end of charge");
  record.cycles.forEach((cycle, index) => {
    if (cycle.cycle !== index + 1) refuse(`cycle ${cycle.cycle} in place ${index + 1}`, "cycles are counted from 1");
    if (cycle.meanStoichiometry.length !== particles || cycle.damage.length !== particles)
      refuse(`${cycle.damage.length} damages in cycle ${cycle.cycle}`, `${particles} particles have a coverage`);
    const { startStoichiometry: start } = cycle;
    if (start !== undefined && start.length !== particles)
      refuse(
        `${start.length} stoichiometries at the start of cycle ${cycle.cycle}`,
        `${particles} particles have a coverage`,
      );
  });
  const { time, damage, meanStoichiometry } = record.firstCharge;
  if (damage.length !== time.length || meanStoichiometry.length !== time.length)
    refuse(`${damage.length} rows of damage at ${time.length} times in the first charge`, "give one row a time");
  for (let k = 1; k < time.length; k++)
    if (!(time[k] > time[k - 1])) refuse(`time ${time[k]} s after ${time[k - 1]} s`, "times must increase");
}
