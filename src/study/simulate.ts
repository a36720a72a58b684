import type { ActiveMaterial } from "../fem/material/active-material.js";
import type { Checkpoint, Ending, Frame, Simulation } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";
import { type Given, startSimulation } from "./simulation.js";

/** A simulation that gave up for a numerical reason; its frames until then hold. */
export class SimulationFailed extends Error {
  override readonly name = "SimulationFailed";

  constructor(
    readonly reason: string,
    /** s */
    readonly time: number,
    /** Accepted steps. */
    readonly step: number,
    /** From 1. */
    readonly cycle: number,
  ) {
    super(`Simulating: gave up in cycle ${cycle} at ${time} s after ${step} steps: ${reason}.`);
  }
}

/** A simulation as a series of frames, one an accepted step. */
export interface Frames extends Iterable<Frame, Ending> {
  /** Behind them: coverage, surfaces, volumes, and on a mesh the fields of the latest frame. */
  readonly simulation: Simulation;
  /** One frame a step; what it returns at the end is how the simulation ended. */
  [Symbol.iterator](): Iterator<Frame, Ending>;
}

/** What a scenario is simulated with. */
export interface Simulating extends Given {
  /** An active material in place of the scenario's: its largest concentration and its three functions. `laws` go before it. */
  readonly material?: Pick<
    ActiveMaterial,
    "maximumConcentration" | "openCircuitPotential" | "diffusivity" | "exchangeCurrent"
  >;
  /** Where to go on. */
  readonly from?: Checkpoint;
}

/**
 * Simulates a scenario: `for (const frame of simulate(scenario)) …`. What its iterator returns at the end says whether the
 * protocol ended or the cell came to a limit. A loop that was left goes on where it stood when it is entered again.
 * @throws SimulationFailed where the solver gives up; CheckpointMisfit for a checkpoint of another simulation.
 */
export function simulate(scenario: Scenario, { from, material, laws, modeSolving }: Simulating = {}): Frames {
  const simulation = startSimulation(material ? withConcentration(scenario, material) : scenario, from, {
    laws: { ...(material && functionsOf(material)), ...laws },
    ...(modeSolving && { modeSolving }),
  });
  return { simulation, [Symbol.iterator]: () => framesOf(simulation) };
}

function withConcentration(
  scenario: Scenario,
  { maximumConcentration }: Pick<ActiveMaterial, "maximumConcentration">,
): Scenario {
  return { ...scenario, activeMaterial: { ...scenario.activeMaterial, maximumConcentration } };
}

function functionsOf({ openCircuitPotential, diffusivity, exchangeCurrent }: NonNullable<Simulating["material"]>) {
  return { openCircuitPotential, diffusivity, exchangeCurrent };
}

function* framesOf(simulation: Simulation): Generator<Frame, Ending> {
  for (;;) {
    const next = simulation.advance();
    if (!("ok" in next)) {
      yield next;
      continue;
    }
    if (!next.ok && !next.limit) throw new SimulationFailed(next.reason, next.time, next.step, next.cycle);
    return next;
  }
}
