import type { ValidationCase } from "./validation-case.js";

/** All cases, in the order in which they run. */
export const cases: readonly ValidationCase[] = [];
