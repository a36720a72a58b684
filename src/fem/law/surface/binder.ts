import { surface } from "./surface.js";

/** Each place of a surface draws from the carbon/binder that touches it; particles do not conduct. */
export const binder = surface({ kind: "binder", keys: {}, law: () => null });
