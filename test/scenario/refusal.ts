import { InputFault } from "../../src/scenario/faults.js";

/** What is said against an input. @throws Error when it is taken after all; and whatever else goes wrong. */
export function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof InputFault) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
