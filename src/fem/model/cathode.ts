import type { CathodeSpec } from "./cathode-spec.js";
import { surfaceMean } from "./contact-state.js";
import { cycling } from "./cycling.js";
import { fieldsOf } from "./fields.js";
import type { Checkpoint, MeshedSimulation } from "./frame.js";
import { prepareCathode, strainsOf } from "./prepared-cathode.js";

export type { CathodeSpec } from "./cathode-spec.js";

/** Prepare a simulation; with a checkpoint, one that goes on from there in the same bits. */
export function cathode(spec: CathodeSpec, from?: Checkpoint): MeshedSimulation {
  const prepared = prepareCathode(spec);
  const { electrochemistry, mechanics, balances, points, space, material } = prepared;
  const { advance, checkpoint, state } = cycling(prepared, from);
  return {
    mesh: spec.mesh,
    unknowns: {
      lithium: electrochemistry.unknownsOf.lithiumCount,
      potential: electrochemistry.unknowns - electrochemistry.unknownsOf.lithiumCount,
      displacement: mechanics.unknowns,
    },
    coverage: surfaceMean(points, balances.surface, points.high),
    surface: balances.surface,
    volume: balances.volume,
    advance,
    fields: () => {
      const { lithium, displacement, contact } = state();
      const [x] = lithium.states;
      return fieldsOf(space, points, electrochemistry.unknownsOf, {
        x,
        strains: strainsOf(prepared, x, displacement.states[0]),
        contact,
        material,
      });
    },
    checkpoint,
  };
}
