import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";

/** |value| ≤ limit. */
export function atMost(name: string, value: number, limit: number, details?: string): Verdict {
  const band = `≤ ${limit}`;
  return { name, value, band, holds: Math.abs(value) <= limit, ...(details !== undefined && { details }) };
}

/** from ≤ value ≤ to */
export function between(name: string, value: number, from: number, to: number): Verdict {
  return { name, value, band: `${from} … ${to}`, holds: value >= from && value <= to };
}

/** Order of convergence seen from a mesh to one with edges `ratio` times shorter. */
export function observedOrder(coarse: number, fine: number, ratio = 2): number {
  return Math.log(Math.abs(coarse / fine)) / Math.log(ratio);
}

/** Judges one thing after the other; the verdicts in their order. */
export function onEach<Thing>(
  things: Iterable<Thing>,
  judge: (thing: Thing, report: ValidationContext["report"]) => Promise<readonly Verdict[]> | readonly Verdict[],
): ValidationCase["run"] {
  return async ({ report }) => {
    const verdicts: Verdict[] = [];
    for (const thing of things) verdicts.push(...(await judge(thing, report)));
    return verdicts;
  };
}

/** A number that is shown; no band is known for it. */
export function shown(name: string, value: number): Verdict {
  return { name, value, band: "shown", holds: true };
}

/** How many faults were found; none may be. */
export function noFaults(name: string, faults: number, details: string): Verdict {
  return { name: `${name}: faults`, value: faults, band: "0", holds: faults === 0, details };
}
