import { type ChoiceOf, family } from "../../../schema/family.js";
import { binder } from "./binder.js";
import { contact } from "./contact.js";
import type { ParticleContact } from "./surface.js";

/** Every way of electrons to the reaction that a scenario may choose. */
export const surfaces = family([binder, contact]);

/** How electrons reach the reaction, with its parameters in SI units. */
export type SurfaceChoice = ChoiceOf<typeof surfaces>;

/** The contact of a choice, null where there is none. Throws RangeError for a parameter out of its range, and for faults. */
export const surfaceLaw: (choice: SurfaceChoice) => ParticleContact | null = surfaces.law;
