import { elastic } from "../src/fem/assembly/forms.js";
import { cellStress } from "../src/fem/model/fields.js";
import { isotropic } from "./closed-form/isotropic.js";
import { cylinderFreeAlong, cylinderWithInterface } from "./closed-form/misfit.js";
import { type Deformed, deform, type RoundBody } from "./round-body.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const radius = 5e-6;
const eigenstrain = -0.01;

/** A shrinking particle in a shell of binder, in generalised plane strain. */
export interface FreeAlongSettings extends Pick<RoundBody, "order" | "segments" | "condition"> {
  /** Outer over inner radius. */
  readonly ratio: number;
  /** Pa/m */
  readonly stiffness: number;
  /** Of particle and binder. */
  readonly poissonRatio: readonly [number, number];
}

/**
 * Errors against the closed form. Traction and opening over the larger of their own and those without axial strain: the misfit across
 * the axis and the axial strain's part nearly cancel in a wide shell that is held. Axial stresses over the largest stress at the
 * interface, which in a thin shell is the shell's along its circle.
 */
export interface FreeAlongErrors {
  readonly traction: number;
  readonly opening: number;
  readonly axialStrain: number;
  readonly axialStress: number;
  /** Axial force over that of the particle alone. */
  readonly force: number;
}

export function freeAlongErrors(settings: FreeAlongSettings): FreeAlongErrors {
  const { ratio, condition, stiffness, poissonRatio } = settings;
  const particle = { youngModulus: 140e9, poissonRatio: poissonRatio[0] };
  const binder = { youngModulus: 2e9, poissonRatio: poissonRatio[1] };
  const body = {
    ...settings,
    kind: "plane",
    stressState: "generalised-plane-strain",
    radius,
    particle,
    binder,
  } as const;
  const deformed = deform({ ...body, outer: ratio * radius }, () => eigenstrain);
  const [core, shell] = [isotropic(140e9, poissonRatio[0]), isotropic(2e9, poissonRatio[1])];
  const misfit = { core, shell, eigenstrain, radius };
  const closed = cylinderFreeAlong(misfit, stiffness, { ratio, condition });
  const held = cylinderWithInterface(misfit, stiffness, { ratio, condition });
  const { points, contact, strains, space } = deformed;
  const surface = points.weight.reduce((sum, w) => sum + w, 0);
  const mean = (column: Float64Array): number => column.reduce((sum, v, p) => sum + v * points.weight[p], 0) / surface;
  const [stiff, soft] = [particle, binder].map((of) => elastic(of.youngModulus, of.poissonRatio));
  const { outOfPlane } = cellStress(space, strains, (cell) => (space.mesh.region[cell] === 0 ? stiff : soft));
  const worst = outOfPlane.reduce((most, stress, cell) => {
    return Math.max(most, Math.abs(stress - closed.axialStress[space.mesh.region[cell] === 0 ? 0 : 1]));
  }, 0);
  return {
    traction: off(mean(contact.normalTraction), closed.traction, held.traction),
    opening: off(mean(contact.normalGap), closed.opening, held.opening),
    axialStrain: strains.axial / closed.axialStrain - 1,
    axialStress: worst / Math.max(...[closed.axialStress[0], closed.traction, closed.hoopStress].map(Math.abs)),
    force: axialForce(deformed, outOfPlane),
  };
}

/** How far `found` is from `due`, over the larger of it and another value of its kind. */
function off(found: number, due: number, other: number): number {
  return (found - due) / Math.max(Math.abs(due), Math.abs(other));
}

/** ∫σ_zz dA over the section, over ∫|σ_zz| dA. */
function axialForce({ space: { mesh } }: Deformed, stress: Float64Array): number {
  let [sum, size] = [0, 0];
  stress.forEach((value, cell) => {
    const corner = (k: number, axis: number): number => mesh.nodes[2 * mesh.cells[cell * mesh.nodesPerCell + k] + axis];
    const across = (k: number, axis: number): number => corner(k, axis) - corner(0, axis);
    const area = (across(1, 0) * across(2, 1) - across(1, 1) * across(2, 0)) / 2;
    sum += area * value;
    size += area * Math.abs(value);
  });
  return sum / size;
}

/** A disk in a binder of next to no stiffness, swelling evenly: stress over E |ε*|, and e₀ over ε*. */
export function freeDisk(order: 1 | 2): { readonly stress: number; readonly axialStrain: number } {
  const particle = { youngModulus: 140e9, poissonRatio: 0.3 };
  const body = { kind: "plane", stressState: "generalised-plane-strain", order, segments: 16, radius } as const;
  const shell = { outer: 2 * radius, condition: "free", binder: { youngModulus: 14, poissonRatio: 0.3 } } as const;
  const { strains, space } = deform({ ...body, ...shell, particle, stiffness: 1e7 }, () => eigenstrain);
  const { vonMises, hydrostatic } = cellStress(space, strains, (cell) =>
    elastic(space.mesh.region[cell] === 0 ? particle.youngModulus : 14, 0.3),
  );
  const largest = (of: Float64Array): number => of.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = particle.youngModulus * Math.abs(eigenstrain);
  return {
    stress: Math.max(largest(vonMises), largest(hydrostatic)) / scale,
    axialStrain: strains.axial / eigenstrain,
  };
}

/** Stresses of linear cells are of first order: the worst, in a shell four cells thick, halves with the cell. */
const meshes = [
  { order: 1, segments: 32, band: 1e-2, everywhere: 6e-2 },
  { order: 1, segments: 64, band: 2e-3, everywhere: 3e-2 },
  { order: 2, segments: 32, band: 1e-5, everywhere: 1e-4 },
] as const;

/** Generalised plane strain against Lamé's concentric cylinders without axial force. */
export const freeAlong: ValidationCase = {
  name: "generalised-plane-strain",
  title: "shrinking cylinder in a shell, free along its axis: traction, opening, axial strain and stresses",
  slow: false,
  run: async () => {
    const verdicts: Verdict[] = ([1, 2] as const).flatMap((order) => {
      const { stress, axialStrain } = freeDisk(order);
      return [
        atMost(`free disk, order ${order}: stress over E strain`, stress, 1e-8),
        atMost(`free disk, order ${order}: axial strain over the particle's, less 1`, axialStrain - 1, 1e-8),
      ];
    });
    for (const poissonRatio of [
      [0.3, 0.3],
      [0.2, 0.4],
    ] as const) {
      for (const condition of ["free", "fixed"] as const) {
        for (const ratio of [1.2, 2, 4]) {
          for (const stiffness of [1e15, 1e17])
            verdicts.push(...freeAlongVerdicts({ condition, ratio, stiffness, poissonRatio }));
        }
      }
    }
    return verdicts;
  },
};

function freeAlongVerdicts(settings: Omit<FreeAlongSettings, "order" | "segments">): Verdict[] {
  const { condition, ratio, stiffness, poissonRatio } = settings;
  const body = `${condition} at b/a ${ratio}, K ${stiffness.toExponential(0)} Pa/m, Poisson ${poissonRatio.join("/")}`;
  return meshes.flatMap(({ order, segments, band, everywhere }) => {
    const found = freeAlongErrors({ ...settings, order, segments });
    const name = `${body}, order ${order}, ${segments} edges`;
    return [
      atMost(`${name}: traction`, found.traction, band),
      atMost(`${name}: opening`, found.opening, band),
      atMost(`${name}: axial strain`, found.axialStrain, band),
      atMost(`${name}: axial stress, worst cell`, found.axialStress, everywhere),
    ];
  });
}
