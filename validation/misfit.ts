import { isotropic } from "./closed-form/isotropic.js";
import { cylinderWithInterface, type Misfit, sphereWithInterface } from "./closed-form/misfit.js";
import { deform, type RoundBody } from "./round-body.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const radius = 5e-6;
const eigenstrain = -0.01;
const particle = { youngModulus: 140e9, poissonRatio: 0.3 };
const binder = { youngModulus: 2e9, poissonRatio: 0.3 };
const misfit: Misfit = { core: isotropic(140e9, 0.3), shell: isotropic(2e9, 0.3), eigenstrain, radius };

export interface MisfitSettings extends Pick<RoundBody, "kind" | "order" | "segments" | "condition"> {
  /** Outer over inner radius. */
  readonly ratio: number;
  /** Pa/m */
  readonly stiffness: number;
}

export interface MisfitErrors {
  /** Pa, mean over the surface, and what the closed form says. */
  readonly traction: number;
  readonly expected: number;
  /** Relative errors of the mean traction and of the mean opening; largest deviation of the traction from its mean. */
  readonly error: number;
  readonly openingError: number;
  readonly unevenness: number;
}

/**
 * Traction on a shrinking particle against the closed form. Core, interface and shell are springs in series, so the
 * closed form of the bonded shell holds with the compliance 1/K of the interface added to those of core and shell.
 */
export function misfitErrors(settings: MisfitSettings): MisfitErrors {
  const { kind, ratio, condition, stiffness } = settings;
  const body = { ...settings, radius, outer: ratio * radius, particle, binder };
  const { points, contact } = deform(body, () => eigenstrain);
  const area = points.weight.reduce((sum, w) => sum + w, 0);
  const mean = (value: Float64Array): number => value.reduce((sum, v, p) => sum + v * points.weight[p], 0) / area;
  const traction = mean(contact.normalTraction);
  const closed = kind === "plane" ? cylinderWithInterface : sphereWithInterface;
  const expected = closed(misfit, stiffness, { ratio, condition });
  return {
    traction,
    expected: expected.traction,
    error: traction / expected.traction - 1,
    openingError: mean(contact.normalGap) / expected.opening - 1,
    unevenness: contact.normalTraction.reduce((worst, t) => Math.max(worst, Math.abs(t / traction - 1)), 0),
  };
}

const bodies = { plane: "cylinder", axisymmetric: "sphere" } as const;
/** Meshes by edges on a quarter circle: the default edge length of 0.25 µm, and refined. */
const meshes = [
  { order: 1, segments: 32, band: 1e-2 },
  { order: 1, segments: 64, band: 1e-3 },
  { order: 2, segments: 32, band: 1e-5 },
] as const;

/** Traction and opening on a shrinking particle in a shell, held or free outside, behind an interface of any stiffness. */
export const misfitTraction: ValidationCase = {
  name: "misfit",
  title: "traction on a shrinking sphere and cylinder in a shell, against Lamé and Eshelby",
  slow: false,
  run: async () => {
    const verdicts: Verdict[] = [];
    for (const kind of ["plane", "axisymmetric"] as const) {
      for (const condition of ["free", "fixed"] as const) {
        for (const ratio of [1.2, 1.5, 2, 3, 4])
          verdicts.push(...misfitVerdicts({ kind, condition, ratio, stiffness: 1e17 }));
      }
      for (const stiffness of [1e14, 1e15, 1e16]) {
        verdicts.push(...misfitVerdicts({ kind, condition: "free", ratio: 4, stiffness }));
      }
    }
    return verdicts;
  },
};

function misfitVerdicts(settings: Omit<MisfitSettings, "order" | "segments">): Verdict[] {
  const { kind, condition, ratio, stiffness } = settings;
  const body = `${bodies[kind]}, ${condition} at b/a ${ratio}, K ${stiffness.toExponential(0)} Pa/m`;
  return meshes.flatMap(({ order, segments, band }) => {
    const found = misfitErrors({ ...settings, order, segments });
    const name = `${body}, order ${order}, ${segments} edges`;
    const details = `${(found.traction / 1e6).toFixed(4)} MPa, exact ${(found.expected / 1e6).toFixed(4)} MPa`;
    return [
      atMost(`${name}: traction`, found.error, band, details),
      atMost(`${name}: opening`, found.openingError, band),
    ];
  });
}
