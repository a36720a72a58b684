import type { ControlName } from "../inference/controls.js";
import type { ReadScenario } from "../result/run-folder.js";
import type { Run } from "./measured-run.js";

/** The one thing in which `other` differs from `run`, or null when it is something else. */
export function controlOf(run: Run, other: Run): ControlName | null {
  const [a, b] = [run.result.scenario, other.result.scenario];
  if (!a.network !== !b.network) return null;
  if (waysLost(a) !== waysLost(b)) return null;
  if (b.feedback.kind === "none" && a.feedback.kind !== "none") return "feedbackOff";
  if (other.particles >= 8 && run.particles < 8) return "moreParticles";
  if (other.particles !== run.particles) return null;
  if (spread(b.nominalCoverage) < 1e-6 && spread(a.nominalCoverage) >= 1e-6) return "equalCoverage";
  if (alike(b) && !alike(a)) return "contrastOne";
  const repacked = Boolean(a.network) && a.seed !== b.seed;
  if (!repacked && isPermuted(a.nominalCoverage, b.nominalCoverage)) return "permuted";
  if (a.seed !== b.seed && !same(a.nominalCoverage, b.nominalCoverage)) return "otherSeed";
  return same(fineness(a), fineness(b)) ? null : "finer";
}

function fineness({ network, solver }: ReadScenario): number[] {
  const { directions = 0, points = 0, radial = {} } = network?.resolution ?? {};
  const space = network ? [directions, points, ...Object.values(radial).map(Number)] : [solver.mesh.interfaceSize];
  return [...space, solver.time.tolerance];
}

function waysLost({ binder }: ReadScenario): number {
  return binder.contactLoss ?? 0;
}

function alike({ binder }: ReadScenario): boolean {
  return Math.abs(binder.highConductivity / binder.lowConductivity - 1) < 1e-6;
}

function isPermuted(a: readonly number[], b: readonly number[]): boolean {
  const sorted = (values: readonly number[]) => [...values].sort((x, y) => x - y);
  return !same(a, b) && same(sorted(a), sorted(b));
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, k) => Math.abs(value - b[k]) <= 1e-9 * Math.abs(value));
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
