/** What the criteria of synchronisation ask for; `docs/theory.md` tells why. */
export const bands = {
  /** A: rank correlations with coverage, at least. */
  order: 0.9,
  /** B: share of the charge at which damage spreads, at least, and of its spread that comes in the last 40 %. */
  opens: 0.5,
  late: 0.6,
  /** C: S_D over its largest, at most, after so many cycles. */
  falls: [
    { cycles: 40, share: 0.8 },
    { cycles: 80, share: 0.6 },
  ],
  /** D and F: S_c over the first, at most. */
  closes: 0.5,
  /** E: without feedback, S_c over that of cycle 2 and S_D over its largest at the end, and S_D over the run's at equal damage; at least. */
  frozen: 0.9,
  growing: 0.99,
  atEqualDamage: 1.5,
  /** E: shares of the run's spreads that count as none, and within which like-covered particles agree; at most. */
  none: 0.1,
  alike: 0.25,
} as const;
