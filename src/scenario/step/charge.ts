import { type AnyStep, constantCurrent, galvanostatic } from "./step.js";

/** Takes lithium out of the particles. */
export const charge = {
  verb: "charge",
  words: "take lithium out at a constant current",
  said: galvanostatic,
  direction: 1,
  control: (said: { readonly rate: number }, oneC) => constantCurrent(said, 1, oneC),
} as const satisfies AnyStep;
