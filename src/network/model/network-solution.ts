import type { NewtonOutcome } from "../../fem/nonlinear/kept-newton.js";
import type { Grid } from "./grid.js";
import type { InterfaceNewton } from "./interface-newton.js";
import type { FreeResponse, LithiumResponse } from "./lithium-response.js";
import type { NetworkStep } from "./network-step.js";
import type { NetworkUnknowns } from "./network-unknowns.js";
import type { PointCurrents } from "./point-currents.js";

/** Solves steps of a network for its unknowns. */
export interface NetworkSolution {
  /**
   * x holds a guess and takes the solution; `age`, steps since the instruction began. The law's currents are those of the
   * state before, or a first guess.
   */
  solve(step: NetworkStep, x: Float64Array, age: number): NewtonOutcome;
  /** A, the current that enters at the collector. */
  collectorCurrent(x: Float64Array): number;
}

export interface SolutionParts {
  readonly unknownsOf: NetworkUnknowns;
  readonly response: LithiumResponse;
  readonly law: PointCurrents;
  readonly newton: InterfaceNewton;
  readonly grid: Grid;
}

/** What is left of a particle's current is lithium lost, and adds up over thousands of steps. */
const tolerance = 2e-11;
/** How often a current that strays too far is solved for. */
const mostRounds = 3;
/** Steps after a start whose currents are better guessed by the latest than by extrapolation. */
const starting = 8;

export function networkSolution(parts: SolutionParts): NetworkSolution {
  const { unknownsOf, response, law, grid } = parts;
  const { potential, voltage } = unknownsOf;
  const collector = voltage - potential;
  /** V and A, [node] potentials above the collector's, and what the graph carries by them. */
  const [phi, carried] = [new Float64Array(collector + 1), new Float64Array(collector + 1)];
  const take = (x: Float64Array): void => {
    phi.set(x.subarray(potential, voltage));
    phi[collector] = 0;
  };
  return {
    solve: (step, x, age) => {
      if (!response.release(step.past, step.a0, step.scale, tolerance)) {
        return { ok: false, reason: "lithium could not be solved for", iterations: 0, residual: Number.NaN };
      }
      if (age > starting) law.foresee(response.free, surfaceOfLithium(unknownsOf, x));
      take(x);
      const outcome = inRounds(parts, step, x, { phi, carried });
      if (!outcome.ok) return outcome;
      x.set(phi.subarray(0, collector), potential);
      response.write(law.patchCurrent, law.current, x);
      return outcome;
    },
    collectorCurrent: (x) => {
      take(x);
      grid.carried(phi, carried);
      return carried[collector];
    },
  };
}

/** Potentials far from their guess lose digits of the current to it; they are then solved for again, from nearer. */
function inRounds(
  { unknownsOf: { voltage }, response: { free }, law, newton, grid }: SolutionParts,
  { control, size, allowed }: NetworkStep,
  x: Float64Array,
  { phi, carried }: { readonly phi: Float64Array; readonly carried: Float64Array },
): NewtonOutcome {
  const collector = phi.length - 1;
  for (let round = 1; ; round++) {
    const outcome = newton.solve({ free, control, size }, phi, x[voltage]);
    if (!outcome.ok) return outcome;
    x[voltage] += phi[collector];
    for (let a = 0; a < collector; a++) phi[a] -= phi[collector];
    phi[collector] = 0;
    if (round === mostRounds) return outcome;
    grid.carried(phi, carried);
    const reacted = law.patchCurrent.reduce((sum, current) => sum + current, 0);
    const imposed = "current" in control ? Math.abs(reacted - control.current) : 0;
    if (!(Math.max(Math.abs(carried[collector] - reacted), imposed) > allowed)) return outcome;
  }
}

/** m and d at the particles' surfaces, and l. */
function surfaceOfLithium(unknowns: NetworkUnknowns, x: Float64Array): FreeResponse {
  const { meanSurface, difference, differenceSurface, local, lithiumCount } = unknowns;
  return {
    mean: x.subarray(meanSurface, difference),
    spread: x.subarray(differenceSurface, local),
    local: x.subarray(local, lithiumCount),
  };
}
