import type { Mesh } from "../mesh/mesh.js";

/** What the solver reports after each accepted step. All numbers in SI units; arrays are fresh for each frame. */
export interface Frame {
  /** s */
  readonly time: number;
  /** Accepted steps so far. */
  readonly step: number;
  /** From 1. */
  readonly cycle: number;
  /** Index of the protocol step within the cycle. */
  readonly protocolStep: number;
  readonly verb: "charge" | "discharge" | "hold" | "rest";
  /** Why the protocol step ended with this frame, or null while it goes on. */
  readonly ended: "voltage" | "current" | "throughput" | "time" | null;
  /** V */
  readonly voltage: number;
  /** A (per m of depth when plane), positive on charge. */
  readonly current: number;
  /** C (per m of depth when plane): net charge extracted since the start. */
  readonly charge: number;
  /** e₀, the uniform strain along the depth; null where there is none to speak of, as in spheres. */
  readonly axialStrain: number | null;
  /** Largest relative violation in this step. */
  readonly balances: { readonly lithium: number; readonly charge: number; readonly momentum: number };
  readonly particles: ParticleColumns;
}

/** One number a particle. */
export interface ParticleColumns {
  readonly meanStoichiometry: Float64Array;
  /** Mean over the surface. */
  readonly surfaceStoichiometry: Float64Array;
  /** Over all places in the particle and on its surface. */
  readonly smallestStoichiometry: Float64Array;
  readonly largestStoichiometry: Float64Array;
  /** A/m², mean over the particle's surface. */
  readonly currentDensity: Float64Array;
  /** Area mean of D. */
  readonly damage: Float64Array;
  readonly largestDamage: Float64Array;
  /** m */
  readonly meanOpening: Float64Array;
  readonly largestOpening: Float64Array;
  /** Pa, normal, positive in tension. */
  readonly meanTraction: Float64Array;
  readonly largestTraction: Float64Array;
  /** A, crack volume over that of the particle; zero where nothing cracks. */
  readonly crackShare: Float64Array;
}

/** Fields for pictures, on the mesh. */
export interface Fields {
  /** `[node]` s on particle nodes, NaN elsewhere. */
  readonly stoichiometry: Float64Array;
  /** `[node]` V on carbon/binder nodes, and on particles that electrons enter by contacts; NaN elsewhere. */
  readonly potential: Float64Array;
  /** `[node][2]` m */
  readonly displacement: Float64Array;
  /** `[cell]` Pa */
  readonly hydrostaticStress: Float64Array;
  readonly vonMisesStress: Float64Array;
  /** σ_zz of a plane section, σ_θθ of a body of revolution. */
  readonly outOfPlaneStress: Float64Array;
  /** `[node]` on interface nodes (both sides), NaN elsewhere: damage, normal opening (m), normal traction (Pa), current (A/m²). */
  readonly damage: Float64Array;
  readonly opening: Float64Array;
  readonly traction: Float64Array;
  readonly currentDensity: Float64Array;
}

/** Everything needed to go on in the same bits: named arrays and plain numbers. */
export interface Checkpoint {
  readonly numbers: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float64Array>>;
}

/** A checkpoint that is not of the simulation that was to go on from it. */
export class CheckpointMisfit extends RangeError {
  override readonly name = "CheckpointMisfit";

  constructor(readonly found: string) {
    super(`Going on from a checkpoint: found ${found}; it belongs to another simulation.`);
  }
}

/** How a simulation ended: its protocol is done, the cell came to a limit, or the solver gave up. */
export type Ending =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** Whether it is a limit of the cell that ended the run, and no failure to compute. */
      readonly limit: boolean;
      readonly reason: string;
      readonly time: number;
      readonly step: number;
      readonly cycle: number;
    };

/** A prepared simulation. `advance` takes one accepted step at a time. */
export interface Simulation {
  readonly unknowns: { readonly lithium: number; readonly potential: number; readonly displacement: number };
  /** Measured on the mesh, by particle: share of the surface touched by high-conductivity carbon/binder. */
  readonly coverage: Float64Array;
  /** By particle: surface m² (m per m of depth when plane) and volume m³ (m²). */
  readonly surface: Float64Array;
  readonly volume: Float64Array;
  /** The next accepted step, or how the protocol ended. */
  advance(): Frame | Ending;
  /** Valid right after a frame whose `ended` is not null: kept factors are dropped there, so that both runs go on alike. */
  checkpoint(): Checkpoint;
}

/** A simulation that resolves its fields on a mesh. */
export interface MeshedSimulation extends Simulation {
  /** The mesh that `fields` belong to. */
  readonly mesh: Mesh;
  /** Of the latest frame. */
  fields(): Fields;
}

/** Whether a simulation resolves its fields on a mesh. */
export function isMeshed(simulation: Simulation): simulation is MeshedSimulation {
  return "mesh" in simulation;
}
