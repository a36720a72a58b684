import { feedback } from "./feedback.js";

/** Damage does not touch the reaction: the control. */
export const none = feedback({
  kind: "none",
  keys: {},
  law: () => ({ filmResistance: () => 0, activity: () => 1 }),
});
