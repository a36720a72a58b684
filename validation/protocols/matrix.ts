import { type MatrixMaterial, materials } from "./materials.js";

/** C */
export const rates = [0.05, 0.2, 1, 2, 5, 8] as const;

type Steps = readonly Readonly<Record<string, unknown>>[];

const volts = (v: number): string => `${v} V`;
const cycle = (rate: number, upper: number, lower: number, between: Steps = [], after: Steps = []): Steps => [
  { charge: { rate: `${rate}C`, until: { voltage: volts(upper) } } },
  ...between,
  { discharge: { rate: `${rate}C`, until: { voltage: volts(lower) } } },
  ...after,
];
const year = { rest: { until: { time: "365 d" } } };

/** The protocols by name: steps at a rate, for a material. */
export const protocols: Readonly<Record<string, (rate: number, material: MatrixMaterial) => Steps>> = {
  "4.3/3.0 V": (rate) => cycle(rate, 4.3, 3),
  "4.2/2.5 V": (rate) => cycle(rate, 4.2, 2.5),
  "own window": (rate, { window: [upper, lower] }) => cycle(rate, upper, lower),
  "hold to C/20": (rate, { window: [upper, lower] }) =>
    cycle(rate, upper, lower, [
      { hold: { voltage: volts(upper), until: { current: "C/20" } } },
      { rest: { until: { time: "1 h" } } },
    ]),
  "rests of a year": (rate, { window: [upper, lower] }) => cycle(rate, upper, lower, [year], [year]),
  throughput: (rate) => [
    { charge: { rate: `${rate}C`, until: { throughput: 0.8 } } },
    { discharge: { rate: `${rate}C`, until: { throughput: 0.8 } } },
  ],
};

export const geometries = ["disks", "spheres", "network"] as const;
export type Geometry = (typeof geometries)[number];

/** One run of the matrix. */
export interface Cell {
  readonly geometry: Geometry;
  readonly material: MatrixMaterial;
  readonly protocol: string;
  readonly rate: number;
}

export function cellsOf(geometry: Geometry): readonly Cell[] {
  return materials.flatMap((material) =>
    Object.keys(protocols).flatMap((protocol) => rates.map((rate) => ({ geometry, material, protocol, rate }))),
  );
}

const micron = (size: number): string => `${size} um`;

/** Two disks, two spheres on an axis, twenty spheres at random. */
const shapes: Readonly<Record<Geometry, (radius: number) => Readonly<Record<string, unknown>>>> = {
  disks: (radius) => ({ lattice: { columns: 2, rows: 1, radius: micron(radius), clearance: micron(radius) } }),
  spheres: (radius) => ({
    kind: "axisymmetric",
    stack: { count: 2, radius: micron(radius), clearance: micron(radius) },
    collector: "right",
    separator: "top",
    mechanics: { bottom: "roller", right: "free", top: "roller", left: "roller" },
  }),
  network: (radius) => ({
    packing: {
      particles: 20,
      radius: { lognormal: { mean: micron(radius), deviation: micron(radius / 10) } },
      solidFraction: 0.3,
      boundary: "walls",
    },
  }),
};

/** The scenario file of a cell: as coarse as shows the same endings, two cycles. */
export function scenarioOf({ geometry, material, protocol, rate }: Cell): Readonly<Record<string, unknown>> {
  const { radius, choice, initialStoichiometry, networkDiffusivity } = material;
  const network = geometry === "network";
  return {
    title: `${material.name}, ${protocol}, ${rate}C, ${geometry}`,
    ...(network && { fidelity: "network" }),
    geometry: shapes[geometry](radius),
    coverage: network ? { facing: "random", distribution: { mean: 0.5, deviation: 0.2 } } : { fractions: [0.9, 0.2] },
    activeMaterial: {
      ...choice,
      initialStoichiometry,
      ...(network && networkDiffusivity && { diffusivity: networkDiffusivity }),
    },
    binder: { low: { conductivity: "1e-3 S/m" } },
    interface: { fatigue: { perLoading: 0.3 } },
    feedback: { kind: "film", resistance: "0.01 ohm m^2" },
    protocol: { repeat: 2, steps: protocols[protocol](rate, material) },
    solver: {
      mesh: { interfaceSize: micron(radius / 4), growth: 0.5, largestSize: micron(radius / 1.5) },
      time: { tolerance: 5e-3, leastSteps: 20 },
      network: { directions: 60 },
    },
    outputs: { fieldCycles: [], particleRows: "ends" },
  };
}
