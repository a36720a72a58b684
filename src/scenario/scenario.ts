/**
 * A scenario with every default filled in and every quantity in SI units: what the solver takes.
 * The schema of the files that people write is in `schema.ts`. What is chosen among kinds comes from the kinds' own files.
 */
import type { StressState } from "../fem/coordinates/coordinates.js";
import type { CohesiveChoice } from "../fem/law/cohesive/cohesives.js";
import type { CrackChoice } from "../fem/law/crack/cracks.js";
import type { EigenstrainChoice } from "../fem/law/eigenstrain/eigenstrains.js";
import type { ElectrolyteChoice } from "../fem/law/electrolyte/electrolytes.js";
import type { FatigueChoice } from "../fem/law/fatigue/fatigues.js";
import type { FeedbackChoice } from "../fem/law/feedback/feedbacks.js";
import type { SurfaceChoice } from "../fem/law/surface/surfaces.js";
import type { Circle, Geometry, MeshSettings } from "../fem/mesh/geometry.js";
import type { Side } from "../fem/mesh/mesh.js";
import type { CoveredPacking } from "../network/graph/covered-packing.js";
import type { NetworkResolution } from "../network/model/network.js";
import type { FunctionChoice } from "./function/forms.js";
import type { ScenarioFile } from "./schema.js";
import type { ProtocolStep } from "./step/steps.js";

/** A cathode as a network of particles instead of a mesh. */
export interface NetworkChoice {
  /** Follows from the file and its seed; depth 0 is the collector. */
  readonly packing: CoveredPacking;
  readonly resolution: NetworkResolution;
}

/** A cathode, its laws, its protocol and how it is solved: every default filled in, SI units. */
export interface Scenario {
  readonly title: string;
  readonly seed: number;
  /** Of a network in three dimensions only the particles count; theirs is the `z` beside. */
  readonly geometry: Omit<Geometry, "particles"> & {
    readonly particles: readonly (Circle & { readonly z?: number })[];
    /** How plane sections are held along their depth; null for spheres. */
    readonly stressState: StressState | null;
    readonly collector: Side;
    readonly separator: Side;
    /** Mechanical condition of each side; the axis of symmetry is always a roller. */
    readonly mechanics: Readonly<Record<Side, "roller" | "fixed" | "free">>;
  };
  /** Coverage asked for, by particle: share of the surface touched by high-conductivity carbon/binder. */
  readonly nominalCoverage: readonly number[];
  /** Null where the finite-element model is to resolve the particles. */
  readonly network: NetworkChoice | null;
  readonly activeMaterial: {
    readonly set: string;
    /** Where each function is really from: a set, a file, or the scenario itself. */
    readonly sources: Readonly<Record<"openCircuitPotential" | "diffusivity" | "exchangeCurrent", string>>;
    /** mol/m³ */
    readonly maximumConcentration: number;
    readonly openCircuitPotential: FunctionChoice;
    readonly diffusivity: FunctionChoice;
    readonly exchangeCurrent: FunctionChoice;
    readonly initialStoichiometry: number;
    /** Δs that counts as the full capacity. */
    readonly usableWindow: number;
    /** Pa */
    readonly youngModulus: number;
    readonly poissonRatio: number;
    readonly eigenstrain: EigenstrainChoice;
    /** Flux −D(∇c − (Ω c/RT)∇σ_h); needs a linear eigenstrain. */
    readonly stressDrift: boolean;
  };
  readonly binder: {
    /** S/m */
    readonly highConductivity: number;
    readonly lowConductivity: number;
    /** Pa */
    readonly youngModulus: number;
    readonly poissonRatio: number;
    /** Share of its conductance that a way through the carbon/binder loses between surfaces that are wholly detached. */
    readonly contactLoss: number;
  };
  readonly electrolyte: ElectrolyteChoice;
  readonly interface: {
    /** Pa/m */
    readonly stiffness: number;
    readonly cohesive: CohesiveChoice | null;
    readonly fatigue: FatigueChoice | null;
    /** s, in which damage by opening follows it: short beside any charge, long beside the least step. */
    readonly relaxation: number;
  };
  /** How electrons reach the reaction. */
  readonly surface: SurfaceChoice;
  readonly feedback: FeedbackChoice;
  /** Cracks inside particles; null, or absent in results of earlier versions, where there are none. */
  readonly cracks?: CrackChoice | null;
  /** K */
  readonly temperature: number;
  readonly protocol: {
    readonly repeat: number;
    readonly steps: readonly ProtocolStep[];
    /** s, 3600 / the fastest rate of a charge unless the file gives it: the clock t/τ. */
    readonly tau: number;
  };
  readonly solver: {
    readonly mesh: MeshSettings;
    /** Steps in s; the tolerance is the local error allowed in stoichiometry and, in V, in the cell voltage. */
    readonly time: Readonly<ScenarioFile["solver"]["time"]>;
  };
  readonly outputs: {
    /** Cycles at whose end of charge and discharge the fields are written; the first charge also at quarters. */
    readonly fieldCycles: readonly number[];
    /** Steps at which each particle has a row: all, or those of the first charge and the ends of instructions. */
    readonly particleRows: "all" | "ends";
  };
}
