import { type Cantilever, cohesiveLength, complianceOnFoundation, criticalForce } from "./closed-form/cantilever.js";
import { type CantileverTest, type LoadPoint, pullApart } from "./pulled-beam.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** What beam theory says of a test: per m of width, in plane strain. */
export interface BeamTheory {
  /** N/m per m: the slope before anything softens, on the interface in series with the arms' own thickness. */
  readonly stiffness: number;
  /** P(δ) in N per m while the crack grows, whatever the foundation. */
  growing(opening: number): number;
  /** N per m, of the crack as it starts. */
  readonly first: number;
  /** m */
  readonly cohesiveLength: number;
}

export function beamTheory(test: CantileverTest): BeamTheory {
  const modulus = test.youngModulus / (1 - test.poissonRatio ** 2);
  const beam: Cantilever = { youngModulus: modulus, height: test.height, width: 1 };
  const { normalToughness: toughness, normalStrength, stiffness } = test.cohesive;
  const foundation = 1 / (1 / stiffness + test.height / modulus);
  return {
    stiffness: 1 / complianceOnFoundation(beam, test.crack, foundation),
    // δ = C(a) P_c(a) grows with a²: the crack follows from the opening.
    growing: (opening) => {
      const crack = Math.sqrt((opening * modulus * test.height ** 3) / (8 * criticalForce(beam, 1, toughness)));
      return criticalForce(beam, crack, toughness);
    },
    first: criticalForce(beam, test.crack, toughness),
    cohesiveLength: cohesiveLength(modulus, toughness, normalStrength),
  };
}

const laminate = {
  crack: 25e-3,
  height: 1e-3,
  youngModulus: 70e9,
  poissonRatio: 0.3,
  cohesive: {
    stiffness: 1e12,
    normalStrength: 1e7,
    shearStrength: 1e7,
    normalToughness: 280,
    shearToughness: 280,
    mixedMode: { kind: "benzeggagh-kenane", exponent: 2 },
  },
} as const;

/** The beam on a mesh with these cells, opened in `steps` to 6 mm. */
export function laminateTest(order: 1 | 2, columns: number, rows: number, steps: number): CantileverTest {
  const openings = Array.from({ length: steps }, (_, k) => ((k + 1) * 6e-3) / steps);
  return { ...laminate, order, length: 60e-3, columns, rows, openings };
}

export interface CantileverDeviations {
  /** P/δ of the first step against the beam on its foundation, relative. */
  readonly stiffness: number;
  /** Largest of P(δ) once the crack has grown by a millimetre, relative. */
  readonly growing: number;
  /** Work done less what is stored and what the interface took, over the work. */
  readonly energy: number;
  /** m, how far the crack ran. */
  readonly growth: number;
}

export function deviations(test: CantileverTest, found: readonly LoadPoint[]): CantileverDeviations {
  const theory = beamTheory(test);
  const running = found.filter(({ crack }) => crack > test.crack + 1e-3);
  const last = found[found.length - 1];
  const work = found.reduce((sum, { opening, force }, k) => {
    const before = found[k - 1] ?? { opening: 0, force: 0 };
    return sum + ((force + before.force) / 2) * (opening - before.opening);
  }, 0);
  return {
    stiffness: found[0].force / (theory.stiffness * found[0].opening) - 1,
    growing: running.reduce((worst, p) => Math.max(worst, Math.abs(p.force / theory.growing(p.opening) - 1)), 0),
    energy: (work - (last.force * last.opening) / 2 - last.spent) / work,
    growth: last.crack - test.crack,
  };
}

/** A crack driven through the softening interface, against beam theory. */
export const doubleCantilever: ValidationCase = {
  name: "cantilever",
  title: "Double cantilever beam: force and opening of a crack that grows through the bilinear interface",
  slow: true,
  run: async ({ report }) => {
    const { cohesiveLength: zone } = beamTheory(laminateTest(2, 1, 1, 1));
    return [120, 240].flatMap((columns) => {
      report(`${columns} cells along the beam`);
      const test = laminateTest(2, columns, 2, 120);
      const { stiffness, growing, energy, growth } = deviations(test, pullApart(test));
      const name = `${columns} × 2 quadratic cells an arm`;
      return [
        atMost(`${name}: stiffness before the crack grows, relative`, stiffness, 0.03),
        atMost(`${name}: force of the growing crack, largest relative deviation`, growing, 0.03),
        atMost(`${name}: work less stored and spent energy, relative`, energy, 0.01),
        {
          name: `${name}: growth of the crack`,
          value: growth,
          band: "≥ 5e-3",
          holds: growth >= 5e-3,
          details: `m; E G_c/σ² is ${zone.toExponential(2)} m`,
        },
      ];
    });
  },
};
