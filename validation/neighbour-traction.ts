import { elastic } from "../src/fem/assembly/forms.js";
import { contactState } from "../src/fem/model/contact-state.js";
import { prepareCathode } from "../src/fem/model/prepared-cathode.js";
import { newtonWorkspace, solveKept } from "../src/fem/nonlinear/kept-newton.js";
import { misfit, tractionFactor } from "../src/network/model/misfit.js";
import { cathodeSpec } from "../src/scenario/simulation.js";
import { type Changes, variant } from "./simulated-run.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const radius = 5e-6;
/** Δs of a first charge. */
const drop = 0.315;
const quantiles = [0.05, 0.25, 0.5, 0.75, 0.95];
/** Over the radius. */
const gaps = { 2: [0.3, 0.4, 0.6, 0.8, 1.2, 2, 4], 3: [0.4, 1.2, 4] } as const;

function scenarioOf(dimension: 2 | 3, gap: number) {
  const clearance = `${(gap * radius * 1e6).toFixed(3)} um`;
  const geometry: Changes =
    dimension === 2
      ? { lattice: { columns: 3, rows: 1, radius: "5 um", clearance } }
      : { stack: { count: 3, radius: "5 um", clearance } };
  return variant(dimension === 2 ? "three-particles" : "three-spheres", {
    geometry,
    interface: { fatigue: "none" },
    solver: { mesh: { interfaceSize: "0.25 um", growth: 0.25, largestSize: "1 um" } },
  });
}

/** Pa, quantiles over the middle particle's surface of the traction that opening and sliding make, lithium even. */
function resolvedTractions(dimension: 2 | 3, gap: number): number[] {
  const prepared = prepareCathode(cathodeSpec(scenarioOf(dimension, gap)));
  const { mechanics, points, spec, electrochemistry } = prepared;
  const nodes = spec.mesh.nodes.length / 2;
  const s = new Float64Array(nodes).fill(Number.NaN);
  for (let node = 0; node < nodes; node++) {
    if (electrochemistry.unknownsOf.lithium[node] >= 0) s[node] = spec.initialStoichiometry - drop;
  }
  mechanics.prepare(s, new Float64Array(points.count));
  const settings = { tolerance: 1e-10, maxIterations: 40, slow: 0.6, depth: 3 };
  const solved = solveKept(mechanics, new Float64Array(mechanics.unknowns), settings, newtonWorkspace(mechanics, 3));
  if (!solved.ok) throw new Error(solved.reason);
  const contact = contactState(points);
  mechanics.report(contact);
  const own = Array.from({ length: points.count }, (_, p) => p)
    .filter((p) => points.particle[p] === 1)
    .map(
      (p) => [Math.hypot(Math.max(0, contact.normalTraction[p]), contact.shearTraction[p]), points.weight[p]] as const,
    )
    .sort(([a], [b]) => a - b);
  const area = own.reduce((sum, [, w]) => sum + w, 0);
  return quantiles.map((q) => {
    let [below, k] = [own[0][1], 0];
    while (below < q * area) below += own[++k][1];
    return own[k][0];
  });
}

/** The same by the network's closed form, for two neighbours on opposite sides. */
function closedTractions(dimension: 2 | 3, gap: number): number[] {
  const scenario = scenarioOf(dimension, gap);
  const { eigenstrain, initialStoichiometry } = cathodeSpec(scenario);
  const { youngModulus, poissonRatio } = scenario.activeMaterial;
  const { binder } = scenario;
  const { compliance, gain } = misfit(
    dimension,
    elastic(youngModulus, poissonRatio),
    elastic(binder.youngModulus, binder.poissonRatio),
  );
  const strain = eigenstrain.value(initialStoichiometry) - eigenstrain.value(initialStoichiometry - drop);
  const directions = 720;
  const sorted = Float64Array.from({ length: directions }, (_, m) => {
    const part = (m + 0.5) / directions;
    const cosine = dimension === 2 ? Math.cos((Math.PI / 2) * part) : part;
    const { whole } = tractionFactor(
      dimension,
      [1, -1].map((side) => ({ gap, cosine: side * cosine, held: 1 })),
      1,
    );
    return (gain * strain * radius) / ((compliance * radius) / whole + 1 / scenario.interface.stiffness);
  }).sort();
  return quantiles.map((q) => sorted[Math.floor(q * directions)]);
}

/** The closed form for neighbours' part in the traction against the finite-element model it was fitted to. */
export const neighbourTraction: ValidationCase = {
  name: "neighbour-traction",
  title: "traction around a particle between two others: closed form of the network against finite elements",
  slow: true,
  run: async ({ report }) =>
    ([2, 3] as const).flatMap((dimension) => {
      const errors: number[] = [];
      const each = gaps[dimension].map((gap): Verdict => {
        const [resolved, closed] = [resolvedTractions(dimension, gap), closedTractions(dimension, gap)];
        const off = resolved.map((traction, k) => closed[k] / traction - 1);
        errors.push(...off);
        const text = resolved
          .map((traction, k) => `${(traction / 1e6).toFixed(1)}/${(closed[k] / 1e6).toFixed(1)}`)
          .join(" ");
        report(`  ${dimension}-D, gap ${gap} R: resolved/closed form ${text} MPa`);
        return atMost(`${dimension}-D, gap ${gap} R: largest over quantiles`, Math.max(...off.map(Math.abs)), 0.15);
      });
      const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length);
      return [...each, atMost(`${dimension}-D: root mean square`, rms, 0.05)];
    }),
};
