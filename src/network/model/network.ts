import { type Elastic, elastic } from "../../fem/assembly/forms.js";
import { thermalVoltage } from "../../fem/law/faraday.js";
import { attempts } from "../../fem/model/attempt.js";
import { balancesOf } from "../../fem/model/balances.js";
import type { CathodeSpec } from "../../fem/model/cathode-spec.js";
import { type CycledModel, cycling } from "../../fem/model/cycling.js";
import { emptyExtent, widen } from "../../fem/model/extent.js";
import type { Checkpoint, Simulation } from "../../fem/model/frame.js";
import { type ConductionGraph, conductionGraph } from "../graph/conduction-graph.js";
import type { CoveredPacking } from "../graph/covered-packing.js";
import { surroundings } from "../graph/surroundings.js";
import { sightOf } from "../neighbours/sight.js";
import { detaching } from "./detachment.js";
import { type NetworkElectrochemistry, networkElectrochemistry } from "./electrochemistry.js";
import { misfit } from "./misfit.js";
import type { ModeSolving } from "./mode-solver.js";
import { patchShape } from "./patch-shape.js";
import { radialMesh } from "./radial.js";
import { type NetworkPoints, surfacePoints } from "./surface-points.js";

/** A cathode as a network of particles: the laws and the protocol of `CathodeSpec`, a packing for its mesh. */
export type NetworkSpec = Omit<
  CathodeSpec,
  "mesh" | "coordinates" | "collector" | "separator" | "sides" | "stressDrift"
> & {
  readonly packing: CoveredPacking;
  /** Share of its conductance that a way through the carbon/binder loses between surfaces that are wholly detached. */
  readonly contactLoss: number;
  readonly resolution: NetworkResolution;
  /** What solves the particles' radial systems; loops in double precision unless given. */
  readonly modeSolving?: ModeSolving;
};

/** How finely a network resolves its particles. */
export interface NetworkResolution {
  /** Directions in which each particle looks at its surroundings. */
  readonly directions: number;
  /** Surface points of a patch. */
  readonly points: number;
  /** Radial edges over R: at the surface, their growth inward, and the largest. */
  readonly radial: { readonly first: number; readonly growth: number; readonly largest: number };
}

/** How a network's carbon/binder conducts and pulls. */
export interface NetworkParts {
  readonly graph: ConductionGraph;
  readonly points: NetworkPoints;
}

/** As the particles' surroundings make it. */
export function networkParts({ packing, resolution, conductivity }: NetworkSpec): NetworkParts {
  const sight = sightOf(packing);
  const around = surroundings(packing, sight, resolution.directions);
  const [high, low] = conductivity;
  return {
    graph: conductionGraph(packing, around, { high, low }),
    points: surfacePoints(packing, around, sight, resolution.points),
  };
}

/** Prepare the network's model of a cathode. */
export function prepareNetwork(
  spec: NetworkSpec,
  { graph, points }: NetworkParts = networkParts(spec),
): CycledModel & { readonly electrochemistry: NetworkElectrochemistry; readonly unknowns: Simulation["unknowns"] } {
  const { packing, resolution } = spec;
  const { dimension, radius } = packing;
  const particles = radius.length;
  const { first, growth, largest } = resolution.radial;
  const mesh = radialMesh(dimension, first, growth, largest);
  const electro = networkElectrochemistry(packing, graph, points, mesh, {
    ...spec,
    diffusivity: spec.diffusivity.value(spec.initialStoichiometry),
    thermalVoltage: thermalVoltage(spec.temperature),
  });
  const { unknowns, unknownsOf } = electro;
  const owner = Int32Array.from({ length: unknownsOf.lithiumCount }, (_, i) => i % particles);
  const balances = balancesOf({ particles, owner }, electro, points, spec);
  const deform = detaching(points, {
    ...spec,
    radius,
    misfit: misfit(dimension, solid(spec.particleSolid), solid(spec.binderSolid)),
    meanStoichiometry: balances.meanStoichiometry,
  });
  return {
    spec,
    particles,
    points,
    electrochemistry: electro,
    mechanics: { unknowns: 0, forget: () => {}, axialStrain: () => (dimension === 2 ? 0 : null) },
    balances,
    attempt: attempts({ ...spec, ...spec.time, points, electrochemistry: electro, deform }),
    rest: () => atRest(electro, spec),
    ...stoichiometries(electro, points),
    drivingStress: () => null,
    unknowns: { lithium: unknownsOf.lithiumCount, potential: unknowns - unknownsOf.lithiumCount, displacement: 0 },
  };
}

function solid({ youngModulus, poissonRatio }: NetworkSpec["particleSolid"]): Elastic {
  return elastic(youngModulus, poissonRatio);
}

/** Uniform lithium, the collector at its potential, no drop anywhere. */
function atRest({ unknowns, unknownsOf }: NetworkElectrochemistry, spec: NetworkSpec): Float64Array {
  const x = new Float64Array(unknowns);
  x.fill(spec.initialStoichiometry, 0, unknownsOf.difference);
  x[unknownsOf.voltage] = spec.openCircuitPotential.value(spec.initialStoichiometry);
  return x;
}

/** s = m + lever · d (+ l at the surface) by patch, where that patch has any surface. */
function stoichiometries(
  { unknownsOf }: NetworkElectrochemistry,
  { share, each, count }: NetworkPoints,
): Pick<CycledModel, "surfaceStoichiometry" | "extent"> {
  const { particles, difference, local, meanSurface, differenceSurface } = unknownsOf;
  const { lever } = patchShape(share);
  const atPoints = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: count }, (_, p) => {
      const a = Math.floor(p / each);
      const k = a >> 1;
      const own = share[a] === 0 ? 0 : x[local + p];
      return x[meanSurface + k] + (share[a] === 0 ? 0 : lever[a] * x[differenceSurface + k]) + own;
    });
  return {
    surfaceStoichiometry: atPoints,
    extent: (x) => {
      const extent = emptyExtent(particles);
      for (let i = 0; i < difference; i++) {
        const k = i % particles;
        for (const a of [2 * k, 2 * k + 1]) if (share[a] > 0) widen(extent, k, x[i] + lever[a] * x[difference + i]);
      }
      atPoints(x).forEach((s, p) => {
        widen(extent, Math.floor(p / each) >> 1, s);
      });
      return extent;
    },
  };
}

/** Prepare a simulation of the network; with a checkpoint, one that goes on from there in the same bits. */
export function network(spec: NetworkSpec, from?: Checkpoint): Simulation {
  const model = prepareNetwork(spec);
  const { advance, checkpoint } = cycling(model, from);
  return {
    unknowns: model.unknowns,
    coverage: spec.packing.coverage,
    surface: model.balances.surface,
    volume: model.balances.volume,
    advance,
    checkpoint,
  };
}
