import { electrolyte } from "./electrolyte.js";

/** One potential everywhere. */
export const uniform = electrolyte({ kind: "uniform", keys: {}, law: () => null });
