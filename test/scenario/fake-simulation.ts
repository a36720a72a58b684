import type { Mesh } from "../../src/fem/mesh/mesh.js";
import type { Checkpoint, Ending, Fields, Frame, MeshedSimulation } from "../../src/fem/model/frame.js";
import type { Scenario } from "../../src/scenario/scenario.js";

/** One triangle in the carbon/binder; enough to be written. */
const mesh: Mesh = {
  dimension: 2,
  order: 1,
  nodes: Float64Array.of(0, 0, 1, 0, 0, 1),
  nodesPerCell: 3,
  cells: Int32Array.of(0, 1, 2),
  region: Int32Array.of(2),
  particles: 2,
  contact: {
    nodesPerFacet: 2,
    particleNodes: new Int32Array(),
    binderNodes: new Int32Array(),
    particle: new Int32Array(),
    binder: new Int32Array(),
  },
  boundary: { nodesPerFacet: 2, nodes: new Int32Array(), side: new Int32Array() },
};

export interface FakeOptions {
  /** Accepted steps an instruction takes. */
  readonly each?: number;
  /** Gives up at this step. */
  readonly failAt?: number;
  /** Comes to the cell's limit at this step. */
  readonly limitAt?: number;
  /** Throws at this step. */
  readonly throwAt?: number;
}

/**
 * Two particles that share a current by a chaotic map, so that a single wrong bit in a resumed state shows at the end.
 * An instruction takes `each` steps; damage grows by the charge moved.
 */
export function fakeSimulation(scenario: Scenario, from?: Checkpoint, options: FakeOptions = {}): MeshedSimulation {
  const { each = 4, failAt = -1, limitAt = -1, throwAt = -1 } = options;
  const { steps, repeat, tau } = scenario.protocol;
  const count = scenario.geometry.particles.length;
  const s = from?.arrays.s?.slice() ?? new Float64Array(count).fill(scenario.activeMaterial.initialStoichiometry);
  const damage = from?.arrays.damage?.slice() ?? new Float64Array(count);
  const at = { time: 0, step: 0, chaos: 0.3, charge: 0, ...from?.numbers };
  const position = () => ({ instruction: Math.floor(at.step / each), within: at.step % each });
  const ones = () => new Float64Array(count).fill(1e-9);
  const move = (verb: Frame["verb"]): void => {
    at.chaos = 3.9 * at.chaos * (1 - at.chaos);
    const sign = verb === "charge" ? -1 : verb === "discharge" ? 1 : 0;
    for (let k = 0; k < count; k++) {
      const delta = (sign * 0.2 * (1 + (k === 0 ? 0.1 : -0.1) * at.chaos)) / each;
      s[k] += delta;
      damage[k] = Math.min(damage[k] + Math.abs(delta) * 0.01 * (k + 1), 1);
    }
    at.time += tau / 2 / each;
    at.charge -= sign * 1e-6;
    at.step += 1;
  };
  const advance = (): Frame | Ending => {
    const { instruction, within } = position();
    const cycle = Math.floor(instruction / steps.length) + 1;
    if (cycle > repeat) return { ok: true };
    if (at.step === throwAt) throw new Error("the fake solver broke");
    if (at.step === limitAt)
      return { ok: false, limit: true, reason: "particle 2 is full", time: at.time, step: at.step, cycle };
    if (at.step === failAt)
      return { ok: false, limit: false, reason: "no step was small enough", time: at.time, step: at.step, cycle };
    const protocolStep = instruction % steps.length;
    const { verb } = steps[protocolStep];
    move(verb);
    return {
      time: at.time,
      step: at.step,
      cycle,
      protocolStep,
      verb,
      ended: within === each - 1 ? "throughput" : null,
      voltage: 3.7 + 0.1 * at.chaos,
      current: verb === "charge" ? 1 : -1,
      charge: at.charge,
      axialStrain: -1e-3 * at.chaos,
      balances: { lithium: 1e-14 * at.chaos, charge: 1e-13, momentum: 1e-12 },
      particles: {
        meanStoichiometry: s.slice(),
        surfaceStoichiometry: s.slice(),
        smallestStoichiometry: s.map((own) => own - 0.01),
        largestStoichiometry: s.map((own) => own + 0.01),
        currentDensity: ones(),
        crackShare: new Float64Array(count),
        damage: damage.slice(),
        largestDamage: damage.map((d) => 2 * d),
        meanOpening: ones(),
        largestOpening: ones(),
        meanTraction: ones(),
        largestTraction: ones(),
      },
    };
  };
  return {
    mesh,
    unknowns: { lithium: 3, potential: 4, displacement: 5 },
    coverage: Float64Array.from(scenario.nominalCoverage),
    surface: new Float64Array(count).fill(3e-5),
    volume: new Float64Array(count).fill(8e-11),
    advance,
    fields,
    checkpoint: () => ({ numbers: { ...at }, arrays: { s: s.slice(), damage: damage.slice() } }),
  };
}

function fields(): Fields {
  const [nodes, cells] = [3, 1];
  return {
    stoichiometry: new Float64Array(nodes).fill(Number.NaN),
    potential: new Float64Array(nodes).fill(3.7),
    displacement: new Float64Array(2 * nodes),
    hydrostaticStress: new Float64Array(cells),
    vonMisesStress: new Float64Array(cells),
    outOfPlaneStress: new Float64Array(cells),
    damage: new Float64Array(nodes),
    opening: new Float64Array(nodes),
    traction: new Float64Array(nodes),
    currentDensity: new Float64Array(nodes),
  };
}
