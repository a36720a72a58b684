import { type AnyStep, constantCurrent, galvanostatic } from "./step.js";

/** Puts lithium into the particles. */
export const discharge = {
  verb: "discharge",
  words: "put lithium in at a constant current",
  said: galvanostatic,
  direction: -1,
  control: (said: { readonly rate: number }, oneC) => constantCurrent(said, -1, oneC),
} as const satisfies AnyStep;
