import { axisymmetric, planeStrain } from "../src/fem/coordinates/coordinates.js";
import { FARADAY } from "../src/fem/law/faraday.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import { bareCathode, currentThrough, march } from "./bare-cathode.js";
import { cylinderUnderFlux, sphereUnderFlux } from "./closed-form/crank.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between, observedOrder, onEach } from "./verdicts.js";

/** Dimensionless times of Crank's table. */
const times = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const radius = 5e-6;
const [diffusivity, maximumConcentration] = [1e-14, 49000];

export interface FluxSettings {
  readonly kind: "plane" | "axisymmetric";
  readonly order: 1 | 2;
  /** m */
  readonly interfaceSize: number;
  /** Growth of the edges away from the surface, and m their largest length; zero growth makes them all alike. */
  readonly growth: number;
  readonly largestSize: number;
  /** Largest time step over R²/D. */
  readonly step: number;
  /** Allowed local error. */
  readonly tolerance: number;
  readonly times?: readonly number[];
}

/** Largest |Θ − Crank| over the table's times, at the surface (mean over it) and in the centre. */
export interface FluxError {
  readonly surface: number;
  readonly centre: number;
}

/** A cylinder or a sphere under a constant flux, by the whole model: uniform potential, constant U and i0. */
export function constantFluxError(settings: FluxSettings): FluxError {
  const { kind } = settings;
  const plane = kind === "plane";
  const box = plane
    ? { width: 3 * radius, height: 3 * radius, x: 1.5 * radius }
    : { width: 1.5 * radius, height: 3 * radius, x: 0 };
  const particles = [{ x: box.x, y: 1.5 * radius, radius, high: [{ from: -Math.PI, to: Math.PI }] }];
  const mesh = meshCircles({ kind, width: box.width, height: box.height, particles }, settings);
  const centre = nearest(mesh.nodes, box.x, 1.5 * radius);
  const body = plane ? cylinderUnderFlux() : sphereUnderFlux();
  const density = 1;
  const current = density * (plane ? 2 * Math.PI * radius : 4 * Math.PI * radius ** 2);
  const unit = radius ** 2 / diffusivity;
  const chosen = settings.times ?? times;
  const spec = bareCathode(mesh, {
    coordinates: kind === "plane" ? planeStrain : axisymmetric,
    collector: "bottom",
    maximumConcentration,
    diffusivity: constant(diffusivity),
    protocol: currentThrough(
      chosen.map((tau) => tau * unit),
      current,
    ),
    currentScale: current,
    time: { tolerance: settings.tolerance, sizes: { smallest: 1e-9 * unit, largest: settings.step * unit } },
  });
  const scale = (-density * radius) / (FARADAY * diffusivity * maximumConcentration);
  const theta = (s: number): number => (s - spec.initialStoichiometry) / scale;
  const error = { surface: 0, centre: 0 };
  let at = 0;
  march(spec, (simulation, frame) => {
    const tau = chosen[at++];
    const inside = simulation.fields().stoichiometry[centre];
    error.surface = Math.max(
      error.surface,
      Math.abs(theta(frame.particles.surfaceStoichiometry[0]) - body.value(1, tau)),
    );
    error.centre = Math.max(error.centre, Math.abs(theta(inside) - body.value(0, tau)));
  });
  return error;
}

function nearest(nodes: Float64Array, x: number, y: number): number {
  let best = 0;
  const distance = (k: number): number => Math.hypot(nodes[2 * k] - x, nodes[2 * k + 1] - y);
  for (let k = 1; 2 * k < nodes.length; k++) if (distance(k) < distance(best)) best = k;
  return best;
}

const kinds = ["plane", "axisymmetric"] as const;
const bodies = { plane: "cylinder", axisymmetric: "sphere" } as const;

/** Errors on three uniform meshes, edges halved from `largest` m; τ = 0.2. */
export function fluxOrders(
  kind: FluxSettings["kind"],
  order: 1 | 2,
  largest: number,
  time: Pick<FluxSettings, "step" | "tolerance">,
): { readonly errors: readonly FluxError[]; readonly orders: readonly [number, number] } {
  const errors = [1, 2, 4].map((finer) =>
    constantFluxError({
      kind,
      order,
      interfaceSize: largest / finer,
      growth: 0,
      largestSize: 2e-6,
      ...time,
      times: [0.2],
    }),
  );
  return {
    errors,
    orders: [observedOrder(errors[0].surface, errors[1].surface), observedOrder(errors[1].surface, errors[2].surface)],
  };
}

/** Crank's cylinder and sphere under a constant flux, by the whole model. */
export const constantFlux: ValidationCase = {
  name: "constant-flux",
  title: "lithium in a cylinder and a sphere under a constant flux, against Crank's series",
  slow: true,
  run: onEach(kinds, (kind, report) =>
    ([1, 2] as const).flatMap((order) => {
      const time = { step: 1e-3, tolerance: 1e-6 };
      const name = `${bodies[kind]}, order ${order}`;
      report(`constant-flux: ${name}`);
      const largest = order === 1 ? 1e-6 : 2e-6;
      const fine = order === 1 ? time : { step: 2e-4, tolerance: 1e-8 };
      const { errors, orders } = fluxOrders(kind, order, largest, fine);
      const [low, high] = order === 1 ? [1.75, 2.25] : [3, 4.25];
      return [
        ...onTable(name, { kind, order, ...time }),
        ...errors.flatMap(({ surface, centre }, k) => {
          const size = `${(largest * 1e6) / 2 ** k} µm`;
          return [
            atMost(`${name}: surface, uniform ${size}`, surface, order === 1 ? 6e-3 : 1e-4),
            atMost(`${name}: centre, uniform ${size}`, centre, order === 1 ? 6e-3 : 2e-4),
          ];
        }),
        ...orders.map((p, k) => between(`${name}: order at the surface, halving ${k + 1}`, p, low, high)),
      ];
    }),
  ),
};

/** The meshes of the shipped scenarios: of disks and of spheres. */
const shipped = {
  plane: { interfaceSize: 0.2e-6, growth: 0.2, largestSize: 0.8e-6 },
  axisymmetric: { interfaceSize: 0.158e-6, growth: 0.2, largestSize: 0.64e-6 },
};

/** All times of the table, on the shipped, graded mesh and on a uniform one. */
function onTable(name: string, settings: Pick<FluxSettings, "kind" | "order" | "step" | "tolerance">): Verdict[] {
  const graded = constantFluxError({ ...settings, ...shipped[settings.kind] });
  const uniform = constantFluxError({ ...settings, interfaceSize: 0.25e-6, growth: 0, largestSize: 1.2e-6 });
  return [
    atMost(`${name}: surface, τ 0.005 … 0.5, shipped mesh`, graded.surface, 1e-3),
    atMost(`${name}: centre, τ 0.005 … 0.5, shipped mesh`, graded.centre, 1e-3),
    atMost(`${name}: surface, τ 0.005 … 0.5, uniform 0.25 µm`, uniform.surface, 1e-3),
    atMost(`${name}: centre, τ 0.005 … 0.5, uniform 0.25 µm`, uniform.centre, 1e-3),
  ];
}
