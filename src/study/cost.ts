import { cathodeSize } from "../fem/model/cathode-size.js";
import { networkSize } from "../network/model/network-size.js";
import { expectedDuration } from "../result/field-files.js";
import type { Scenario } from "../scenario/scenario.js";
import type { ProtocolStep } from "../scenario/step/steps.js";
import { stretchOf } from "./simulation.js";

/** What a run would cost, to about a factor of two. */
export interface Cost {
  readonly particles: number;
  readonly nodes: number;
  readonly unknowns: number;
  readonly instructions: number;
  readonly steps: number;
  readonly memoryMegabytes: number;
}

/** Estimates from the geometry or the packing, the settings of the solver and the protocol. */
export function costOf(scenario: Scenario): Cost {
  const { geometry, solver, protocol } = scenario;
  const { nodes, unknowns, memoryMegabytes } = scenario.network
    ? networkSize(scenario.network.packing, scenario.network.resolution)
    : cathodeSize(geometry, solver.mesh);
  const each = protocol.steps.map((step) => stepsOf(step, solver.time) + 12);
  const instructions = protocol.repeat * protocol.steps.length;
  const steps = protocol.repeat * each.reduce((total, count) => total + count, 0);
  return { particles: geometry.particles.length, nodes, unknowns, instructions, steps, memoryMegabytes };
}

/** Steps that doubling takes to grow long where nothing but their error bounds them. */
const growing = 40;

function stepsOf(step: ProtocolStep, { largestStep, leastSteps }: Scenario["solver"]["time"]): number {
  const stretch = stretchOf(step);
  if (stretch === Number.POSITIVE_INFINITY) return growing;
  const expected = expectedDuration(step);
  const loaded = largestStep * stretch;
  const known = step.until.throughput !== undefined || step.until.time !== undefined;
  const largest = known ? Math.min(loaded, expected / leastSteps) : loaded;
  return Math.ceil(expected / largest);
}
