import { describe, expect, it } from "vitest";
import { spaceOf } from "../../src/fem/assembly/assemble.js";
import { contactPoints } from "../../src/fem/assembly/contact-points.js";
import { elastic } from "../../src/fem/assembly/forms.js";
import { axisymmetric, generalisedPlaneStrain, planeStrain } from "../../src/fem/coordinates/coordinates.js";
import { bilinear } from "../../src/fem/law/cohesive/bilinear.js";
import { elasticInterface } from "../../src/fem/law/cohesive/elastic.js";
import { creep } from "../../src/fem/law/fatigue/creep.js";
import { cycles } from "../../src/fem/law/fatigue/cycles.js";
import { both } from "../../src/fem/law/feedback/both.js";
import { contact } from "../../src/fem/law/feedback/contact.js";
import { exchange } from "../../src/fem/law/feedback/exchange.js";
import { film } from "../../src/fem/law/feedback/film.js";
import { jiang } from "../../src/fem/law/feedback/jiang.js";
import { none } from "../../src/fem/law/feedback/none.js";
import type { FeedbackLaw } from "../../src/fem/law/law.js";
import { type Control, electrochemistry } from "../../src/fem/model/electrochemistry.js";
import { mechanics } from "../../src/fem/model/mechanics.js";
import type { KeptOperator } from "../../src/fem/nonlinear/kept-newton.js";
import { bdf, history, restarted } from "../../src/fem/time/bdf.js";
import { bentDiffusivity, bentProblem, straightDiffusivity } from "../../validation/manufactured/problems.js";
import { structuredMesh } from "../../validation/mesh/structured.js";

const feedbacks: Readonly<Record<string, FeedbackLaw>> = {
  none: none.law({}),
  film: film.law({ resistance: 0.02, initial: 0.001 }),
  exchange: exchange.law({ residual: 0.05 }),
  "film and exchange": both.law({ resistance: 0.02, initial: 0.001, residual: 0.05 }),
  contact: contact.law({ conductance: 100, residual: 0.02 }),
  "electronic and ionic": jiang.law({ electronic: 200, ionic: 50, ionicDetached: 80, residual: 0.02 }),
};

/** A law without preference for a mode, whose softening tangent is therefore symmetric. */
const equalModes = {
  stiffness: 1e16,
  normalStrength: 3e7,
  shearStrength: 3e7,
  normalToughness: 1.5,
  shearToughness: 1.5,
  mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
} as const;

/** Numbers in (−1, 1), the same in every run. */
function scatter(length: number, seed: number): Float64Array {
  let state = seed;
  return new Float64Array(length).map(() => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}

/** |J⁻¹ (r(x + εv) − r(x − εv))/2ε − v| over |v|, largest entries; needs no access to J. */
function tangentDefect(system: KeptOperator, x: Float64Array, epsilon: number, seed: number): number {
  const v = scatter(x.length, seed);
  const [plus, minus, found] = [0, 0, 0].map(() => new Float64Array(x.length));
  system.residual(
    x.map((value, i) => value + epsilon * v[i]),
    plus,
  );
  system.residual(
    x.map((value, i) => value - epsilon * v[i]),
    minus,
  );
  system.residual(x, found);
  expect(system.linearise(x)).toBe(true);
  system.correct(
    plus.map((value, i) => (value - minus[i]) / (2 * epsilon)),
    found,
  );
  const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest(found.map((value, i) => value - v[i])) / largest(v);
}

interface Choice {
  readonly feedback: FeedbackLaw;
  readonly control: Control;
  readonly electrolyte?: boolean;
  readonly bent?: boolean;
  readonly order?: 1 | 2;
}

function electrochemicalDefect({ feedback, control, electrolyte = false, bent = false, order = 1 }: Choice): number {
  const problem = bentProblem({
    order,
    cells: 3,
    kind: "axisymmetric",
    diffusivity: bent ? bentDiffusivity : straightDiffusivity,
    electrolyte,
    drift: bent,
    distortion: 0.2,
    period: 0,
  });
  const space = spaceOf(problem.mesh, axisymmetric);
  const points = contactPoints(space);
  const system = electrochemistry(space, points, { ...problem.spec, feedback });
  const x = scatter(system.unknowns, 3);
  const { lithiumCount, voltage } = system.unknownsOf;
  for (let i = 0; i < x.length; i++) x[i] = i < lithiumCount ? 0.6 + 0.15 * x[i] : 0.02 * x[i];
  x[voltage] = 3.75;
  const nodes = problem.mesh.nodes.length / 2;
  system.prepare({
    formula: bdf("bdf2", 0.8, 0.5),
    history: restarted(history(system.unknowns), x),
    control,
    damage: scatter(points.count, 9).map(Math.abs),
    currentScale: 1e-5,
    current: new Float64Array(points.count),
    stress: scatter(nodes, 5).map((value) => 5e7 * value),
  });
  return tangentDefect(system, x, 1e-5, 11);
}

describe("tangent of the electrochemistry against differences of its residual", () => {
  const controls = { current: { current: 3e-6 }, voltage: { voltage: 3.8 } } as const;
  for (const [how, control] of Object.entries(controls)) {
    it.each(Object.entries(feedbacks))(`under an imposed ${how}, feedback: %s`, (_, feedback) => {
      expect(electrochemicalDefect({ feedback, control })).toBeLessThan(1e-6);
    });

    it(`under an imposed ${how}, with an electrolyte of its own, D(s) and drift, P1 and P2`, () => {
      for (const order of [1, 2] as const) {
        const choice = { feedback: feedbacks.film, control, electrolyte: true, order };
        expect(electrochemicalDefect(choice)).toBeLessThan(1e-6);
        expect(electrochemicalDefect({ ...choice, bent: true })).toBeLessThan(1e-6);
      }
    });
  }
});

describe("tangent of the mechanics against differences of its residual", () => {
  const stack = (order: 1 | 2) =>
    structuredMesh({
      order,
      towards: "right",
      length: 3e-6,
      columns: 3,
      layers: [
        { body: "particle", thickness: 1e-6, rows: 2 },
        { body: "low", thickness: 1e-6, rows: 2 },
      ],
      distortion: 0.2,
    });

  const shapes = [
    [1, planeStrain],
    [2, planeStrain],
    [1, generalisedPlaneStrain],
    [2, generalisedPlaneStrain],
    [1, axisymmetric],
    [2, axisymmetric],
  ] as const;
  const load = { exponent: 3, threshold: 0.1, referenceTraction: 5e7, shearWeight: 1 };
  const cycled = cycles.law({ perLoading: 0.7, ...load });
  const creeping = creep.law({ rate: 0.05, ...load });
  const laws = {
    elastic: [elasticInterface(1e16), 1e-8],
    softening: [bilinear.law(equalModes, equalModes.stiffness), 3e-8],
    cycled: [elasticInterface(1e16), 1e-8, cycled],
    creeping: [elasticInterface(1e16), 1e-8, creeping],
  } as const;
  const cases = shapes.flatMap(([order, coordinates]) =>
    Object.entries(laws).map(([name, [cohesive, opening, fatigue = null]]) => ({
      ...{ order, coordinates, name, cohesive, opening, fatigue },
    })),
  );

  it.each(cases)("P$order $coordinates.name, $name interface", ({ order, coordinates, name, ...law }) => {
    const { cohesive, fatigue, opening } = law;
    const space = spaceOf(stack(order), coordinates);
    const points = contactPoints(space);
    const system = mechanics(space, points, {
      particle: elastic(140e9, 0.3),
      binder: elastic(2e9, 0.3),
      eigenstrain: { value: (s) => 0.02 * s, derivative: () => 0.02, validity: [0, 1] },
      initialStoichiometry: 0.9,
      cohesive,
      fatigue,
      sides: { bottom: "roller", right: "fixed", top: "free", left: "roller" },
    });
    const nodes = space.mesh.nodes.length / 2;
    const open = new Float64Array(system.unknowns);
    points.binderNode.forEach((node) => {
      const u = system.displacement[2 * node];
      if (u >= 0) open[u] = opening;
    });
    const from = {
      damage: scatter(points.count, 2).map((d) => 0.5 * Math.abs(d)),
      level: new Float64Array(points.count),
    };
    system.prepare(new Float64Array(nodes).fill(0.5), from, undefined, { h: 10, share: 1 });
    expect(tangentDefect(system, open, name === "elastic" ? 1e-9 : 1e-12, 4)).toBeLessThan(1e-6);
  });
});
