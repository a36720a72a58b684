import type { MeasuredParticles } from "./measured-particles.js";

/**
 * Whether tables are states of the same particles, row by row: as many of them, and at the same places. What is drawn or
 * exchanged is then a particle with all its states.
 */
export function sameParticles(states: readonly MeasuredParticles[]): boolean {
  const [first, ...others] = states;
  return others.every(
    ({ value, axes }) =>
      value.length === first.value.length &&
      axes.length > 0 &&
      axes.length === first.axes.length &&
      axes.every((axis, k) => axis.every((x, row) => x === first.axes[k][row])),
  );
}
