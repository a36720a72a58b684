import { elastic } from "../src/fem/assembly/forms.js";
import { FARADAY } from "../src/fem/law/faraday.js";
import { cellStress } from "../src/fem/model/fields.js";
import { cylinderStress, type RadialStress, settledSphereStress } from "./closed-form/diffusion-stress.js";
import { type Deformed, deform, type RoundBody } from "./round-body.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost } from "./verdicts.js";

const swelling = { radius: 5e-6, partialMolarVolume: 1.9e-6, youngModulus: 140e9, poissonRatio: 0.3 };
/** mol/(m² s) into the particle at 1 A/m², and m²/s. */
const [flux, diffusivity] = [-1 / FARADAY, 1e-14];

export interface DiffusionStressErrors {
  /** Pa, fitted to the cells: hydrostatic stress at the surface and in the centre, and the closed form. */
  readonly surface: number;
  readonly centre: number;
  readonly expectedSurface: number;
  readonly expectedCentre: number;
  /** Largest error of hydrostatic and von Mises stress of a cell, over the surface's hoop stress. */
  readonly hydrostatic: number;
  readonly vonMises: number;
}

/** Stress in a free particle whose lithium has settled under a constant flux; no binder holds it. */
export function diffusionStressErrors(settings: Pick<RoundBody, "kind" | "order" | "segments">): DiffusionStressErrors {
  const { radius, partialMolarVolume, youngModulus, poissonRatio } = swelling;
  const sphere = settings.kind === "axisymmetric";
  const profile = (r: number): number => (flux * r * r) / (2 * diffusivity * radius);
  // A binder a billion times softer than the particle, on an interface as soft: the particle is free.
  const deformed = deform(
    {
      ...settings,
      radius,
      outer: 1.2 * radius,
      condition: "free",
      particle: swelling,
      binder: { youngModulus: 140, poissonRatio: 0.3 },
      stiffness: 1e7,
    },
    (r) => (partialMolarVolume / 3) * profile(r),
  );
  const stress = cellStress(deformed.space, deformed.strains, () => elastic(youngModulus, poissonRatio));
  const closed = (r: number): RadialStress =>
    sphere ? settledSphereStress(swelling, flux, diffusivity, r) : cylinderStress(swelling, profile, r);
  return compare(deformed, stress, closed);
}

function compare(
  { space }: Deformed,
  stress: { hydrostatic: Float64Array; vonMises: Float64Array },
  closed: (r: number) => RadialStress,
): DiffusionStressErrors {
  const { mesh } = space;
  const hoop = Math.abs(closed(swelling.radius).hoop);
  const error = { hydrostatic: 0, vonMises: 0 };
  const squares: [number, number][] = [];
  mesh.region.forEach((region, cell) => {
    if (region !== 0) return;
    const middles = edgeMiddles(mesh.nodes, mesh.cells.subarray(cell * mesh.nodesPerCell));
    const weights = middles.map(([x]) => space.coordinates.measure(x));
    const total = weights.reduce((sum, w) => sum + w, 0);
    const mean = (of: (r: number) => number): number =>
      middles.reduce((sum, [x, y], k) => sum + (weights[k] / total) * of(Math.hypot(x, y)), 0);
    const exact = [mean((r) => hydrostatic(closed(r))), mean((r) => vonMises(closed(r)))];
    error.hydrostatic = Math.max(error.hydrostatic, Math.abs(stress.hydrostatic[cell] - exact[0]) / hoop);
    error.vonMises = Math.max(error.vonMises, Math.abs(stress.vonMises[cell] - exact[1]) / hoop);
    squares.push([mean((r) => r * r), stress.hydrostatic[cell]]);
  });
  const [centre, slope] = line(squares);
  return {
    surface: centre + slope * swelling.radius ** 2,
    centre,
    expectedSurface: hydrostatic(closed(swelling.radius)),
    expectedCentre: hydrostatic(closed(0)),
    ...error,
  };
}

/** Points of the rule that is exact for quadratics, such as stresses that go with r². */
function edgeMiddles(nodes: Float64Array, cell: Int32Array): [number, number][] {
  const middle = (a: number, b: number, c: number): number => (nodes[2 * cell[a] + c] + nodes[2 * cell[b] + c]) / 2;
  return [0, 1, 2].map((e) => [middle(e, (e + 1) % 3, 0), middle(e, (e + 1) % 3, 1)]);
}

function hydrostatic({ radial, hoop, axial }: RadialStress): number {
  return (radial + hoop + axial) / 3;
}

function vonMises({ radial, hoop, axial }: RadialStress): number {
  return Math.sqrt(((radial - hoop) ** 2 + (hoop - axial) ** 2 + (axial - radial) ** 2) / 2);
}

/** Least-squares line through points: value at 0 and slope. */
function line(points: readonly (readonly [number, number])[]): [number, number] {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  const sxx = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  const sxy = points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0);
  return [my - (sxy / sxx) * mx, sxy / sxx];
}

const bodies = { plane: "cylinder", axisymmetric: "sphere" } as const;

/** Stress in a free sphere and a free cylinder under settled lithium. */
export const diffusionStress: ValidationCase = {
  name: "diffusion-stress",
  title: "stress in a free sphere and a free cylinder from settled lithium, against the closed forms",
  slow: false,
  run: async () =>
    (["plane", "axisymmetric"] as const).flatMap((kind) => [
      ...stressVerdicts(kind, 1, 32, 1e-2, 5e-2),
      ...stressVerdicts(kind, 1, 64, 1e-3, 2.5e-2),
      ...stressVerdicts(kind, 2, 32, 2e-3, 5e-3),
      ...stressVerdicts(kind, 2, 64, 1e-3, 1e-3),
    ]),
};

/** `fitted` allows for the line through all cells, `everywhere` for the worst cell. */
function stressVerdicts(
  kind: RoundBody["kind"],
  order: 1 | 2,
  segments: number,
  fitted: number,
  everywhere: number,
): Verdict[] {
  const found = diffusionStressErrors({ kind, order, segments });
  const name = `${bodies[kind]}, order ${order}, ${segments} edges`;
  const pressure = (p: number): string => `${(p / 1e6).toFixed(4)} MPa`;
  const [surface, centre] = [found.surface / found.expectedSurface - 1, found.centre / found.expectedCentre - 1];
  return [
    atMost(`${name}: surface`, surface, fitted, `${pressure(found.surface)}, exact ${pressure(found.expectedSurface)}`),
    atMost(`${name}: centre`, centre, fitted, `${pressure(found.centre)}, exact ${pressure(found.expectedCentre)}`),
    atMost(`${name}: hydrostatic stress, worst cell`, found.hydrostatic, everywhere),
    atMost(`${name}: von Mises stress, worst cell`, found.vonMises, everywhere),
  ];
}
