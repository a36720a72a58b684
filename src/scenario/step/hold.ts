import { section } from "../../schema/leaf.js";
import { type AnyStep, ends, held, until } from "./step.js";

/** Holds the voltage of the cell. */
export const hold = {
  verb: "hold",
  words: "hold the voltage",
  said: section({
    voltage: held,
    until: ends({ current: until.current, throughput: until.throughput, time: until.time }),
  }),
  direction: 0,
  control: ({ voltage }: { readonly voltage: number }) => ({ voltage }),
} as const satisfies AnyStep;
