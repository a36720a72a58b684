import { axisymmetric } from "../src/fem/coordinates/coordinates.js";
import { FARADAY, GAS_CONSTANT } from "../src/fem/law/faraday.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import type { Mesh } from "../src/fem/mesh/mesh.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import { bareCathode, currentThrough, march } from "./bare-cathode.js";
import { structuredMesh } from "./mesh/structured.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost } from "./verdicts.js";

/** m */
const radius = 5e-6;
const omega = 1.84e-6;
const maximumConcentration = 51765;
const solid = { youngModulus: 140e9, poissonRatio: 0.3 };
const temperature = 298.15;
const diffusivity = 5e-14;

/** θ in D (1 + θ s): 2 Ω² E c_max / (9 (1 − ν) R T). */
export const theta =
  (2 * omega ** 2 * solid.youngModulus * maximumConcentration) /
  (9 * (1 - solid.poissonRatio) * GAS_CONSTANT * temperature);

/** A long cylinder about the axis, in a thin skin of carbon/binder. */
export function cylinderMesh(order: 1 | 2, rows: number): Mesh {
  const layers = [
    { body: "particle", thickness: radius, rows },
    { body: "high", thickness: radius / 10, rows: 1 },
  ] as const;
  return structuredMesh({ order, towards: "right", length: radius / 5, columns: 2, layers });
}

/** A sphere about the axis, in carbon/binder. */
export function sphereMesh(order: 1 | 2, interfaceSize: number): Mesh {
  const particles = [{ x: 0, y: 6e-6, radius, high: [{ from: 0, to: 2 * Math.PI }] }];
  const settings = { order, interfaceSize, growth: 0.2, largestSize: 2 * interfaceSize };
  return meshCircles({ kind: "axisymmetric", width: 6.5e-6, height: 12e-6, particles }, settings);
}

/**
 * Mean less surface stoichiometry once a weak charge has settled, with drift over without, times 1 + θ s̄: 1 where
 * drift is diffusion with D (1 + θ s). The body is free: its carbon/binder bears a millionth of its stiffness.
 */
export function driftRatio(mesh: Mesh, collector: "right" | "top"): number {
  const times = [600];
  const run = (stressDrift: number | null): { gap: number; mean: number } => {
    const spec = bareCathode(mesh, {
      coordinates: axisymmetric,
      collector,
      separator: "bottom",
      sides: { bottom: "roller", right: "free", top: collector === "right" ? "roller" : "free", left: "roller" },
      maximumConcentration,
      initialStoichiometry: 0.6,
      temperature,
      diffusivity: constant(diffusivity),
      eigenstrain: {
        value: (s) => (omega * maximumConcentration * s) / 3,
        derivative: () => (omega * maximumConcentration) / 3,
        validity: [0, 1],
      },
      stressDrift,
      particleSolid: solid,
      binderSolid: { youngModulus: 1.4e5, poissonRatio: 0.3 },
      protocol: currentThrough(times, weakCurrent(mesh)),
      currentScale: weakCurrent(mesh),
    });
    const [end] = march(spec);
    const { meanStoichiometry, surfaceStoichiometry } = end.particles;
    return { gap: meanStoichiometry[0] - surfaceStoichiometry[0], mean: meanStoichiometry[0] };
  };
  const [plain, drifting] = [run(null), run(omega)];
  return (drifting.gap / plain.gap) * (1 + theta * drifting.mean);
}

/** A, that moves about 0.05 of the stoichiometry in 600 s: the profile spans a few thousandths. */
function weakCurrent(mesh: Mesh): number {
  const height = mesh.nodes.reduce((most, y, k) => (k % 2 === 1 ? Math.max(most, y) : most), 0);
  const sphere = height > 2 * radius;
  const volume = sphere ? (4 / 3) * Math.PI * radius ** 3 : Math.PI * radius ** 2 * height;
  return (FARADAY * maximumConcentration * volume * 0.05) / 600;
}

/** The flux −D(∇c − (Ω c/RT)∇σ_h) in bodies whose own stress is all there is. */
export const drift: ValidationCase = {
  name: "drift",
  title: "Drift in its own stress makes diffusion faster by 1 + θ s in a free cylinder and a free sphere",
  slow: false,
  run: async () =>
    ([1, 2] as const).flatMap((order) => [
      atMost(`P${order}, cylinder: relative error of the settled gap`, cylinder(order) - 1, 2e-3),
      atMost(`P${order}, sphere: relative error of the settled gap`, sphere(order) - 1, 2e-3),
    ]),
};

const cylinder = (order: 1 | 2): number => driftRatio(cylinderMesh(order, 24 / order), "right");
const sphere = (order: 1 | 2): number => driftRatio(sphereMesh(order, order * 0.5e-6), "top");
