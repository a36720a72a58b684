import { section } from "../../schema/leaf.js";
import { type AnyStep, ends, until } from "./step.js";

/** Leaves the cell without current. */
export const rest = {
  verb: "rest",
  words: "leave without current",
  said: section({ until: ends({ time: until.time }) }),
  direction: 0,
  control: () => ({ current: 0 }),
} as const satisfies AnyStep;
