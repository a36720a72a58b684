/**
 * What the criteria of synchronisation ask for; `docs/theory.md` tells why. The bands are this program's own: they and the
 * defaults of the scenarios were chosen together, so that a default run which meets them shows that the story can be told, not
 * that nature tells it.
 */
export const bands = {
  /** A: rank correlations with coverage, at least. */
  order: 0.9,
  /** B: share of the charge at which damage spreads, at least, and of its spread that comes in the last 40 %. */
  opens: 0.5,
  late: 0.6,
  /** C: S_D / mean D over its first value, at most; and the share of the cycles at the end in which S_D is not largest. */
  relative: 0.5,
  lastTenth: 0.1,
  /** D and F, and the mean of permutations: S_c over the first, at most. */
  closes: 0.5,
  /** Regimes: S_c at the end over the larger of the first two, above which particles drift apart. */
  drifts: 1.1,
  /** E: without feedback, S_c over that of cycle 2 at the end, and over the run's at equal mean damage; at least. */
  frozen: 0.9,
  atEqualDamage: 1.5,
  /** E: shares of the run's spreads that count as none; at most. */
  none: 0.1,
  /** E: share of the run's first spread by which a mirrored run differs, at most: what meshes that are no mirrors leave. */
  mirrored: 0.02,
} as const;
