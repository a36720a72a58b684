import type { Coordinates } from "../coordinates/coordinates.js";
import type { CohesiveLaw, FatigueLaw, FeedbackLaw, StoichiometryFunction } from "../law/law.js";
import type { ParticleContact } from "../law/surface/surface.js";
import type { Mesh, Side } from "../mesh/mesh.js";
import type { StepSizes } from "../time/step-size.js";
import type { CrackedParticles } from "./crack-state.js";
import type { Instruction } from "./protocol.js";

/** A cathode ready to be simulated: mesh, laws and protocol, all in SI units. */
export interface CathodeSpec {
  readonly mesh: Mesh;
  readonly coordinates: Coordinates;
  readonly collector: Side;
  readonly separator: Side;
  readonly sides: Readonly<Record<Side, "roller" | "fixed" | "free">>;
  /** mol/m³ */
  readonly maximumConcentration: number;
  readonly initialStoichiometry: number;
  readonly openCircuitPotential: StoichiometryFunction;
  readonly diffusivity: StoichiometryFunction;
  readonly exchangeCurrent: StoichiometryFunction;
  readonly eigenstrain: StoichiometryFunction;
  /** m³/mol where stress drives diffusion, else null. */
  readonly stressDrift: number | null;
  /** S/m, high and low. */
  readonly conductivity: readonly [number, number];
  readonly electrolyteConductivity: number | null;
  /** How electrons get into particles and through them; null where they come from the carbon/binder at each place. */
  readonly contact: ParticleContact | null;
  /** Pa and 1 */
  readonly particleSolid: { readonly youngModulus: number; readonly poissonRatio: number };
  readonly binderSolid: { readonly youngModulus: number; readonly poissonRatio: number };
  readonly cohesive: CohesiveLaw;
  readonly fatigue: FatigueLaw | null;
  /** s, relaxation of the static law: its viscous regularisation. */
  readonly relaxation: number;
  readonly feedback: FeedbackLaw;
  /** Cracks inside particles; none unless given. */
  readonly cracks?: CrackedParticles | null;
  /** K */
  readonly temperature: number;
  readonly protocol: { readonly repeat: number; readonly steps: readonly Instruction[] };
  readonly time: {
    readonly method: "euler" | "bdf2";
    readonly tolerance: number;
    readonly sizes: StepSizes;
    /** An instruction whose end is known beforehand takes at least this many steps. */
    readonly leastSteps: number;
  };
  /** A, what residuals and balances are measured against: the current of the protocol's largest rate. */
  readonly currentScale: number;
}
