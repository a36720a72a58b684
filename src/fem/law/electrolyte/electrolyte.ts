import { kindOf } from "../../../schema/kind.js";

/** Defines a kind of electrolyte between the particles: its conductivity in S/m, null where it is one potential everywhere. */
export const electrolyte = kindOf<number | null>("electrolyte");
