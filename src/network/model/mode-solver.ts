import type { RadialMode } from "./radial.js";

/**
 * Solves the radial systems of all particles. It may be inexact: what it leaves is formed from the modes themselves, and solved
 * again.
 */
export interface ModeSolver {
  /** Whether its solutions are as good as double precision makes them. */
  readonly exact?: true;
  /** Take the modes as they have just been factored. */
  take(): void;
  /** `out = (a₀M + K)⁻¹ rhs`, [mode][node][particle]. */
  solve(rhs: Float64Array, out: Float64Array): void;
}

/** Makes a solver of modes that follow one another in its vectors. */
export type ModeSolving = (modes: readonly RadialMode[]) => ModeSolver;

/** By each mode's own factor, in double precision. */
export const sweeping: ModeSolving = (modes) => ({
  exact: true,
  take: () => {},
  solve: (rhs, out) => {
    const length = rhs.length / modes.length;
    modes.forEach((mode, m) => {
      mode.solve(rhs.subarray(m * length, (m + 1) * length), out.subarray(m * length, (m + 1) * length));
    });
  },
});
