import type { Scenario } from "../src/scenario/scenario.js";
import { calibratedStrength } from "./sensitivity.js";
import { simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase } from "./validation-case.js";
import { between, onEach, shown } from "./verdicts.js";

/** First charge only, in the finite-element model itself. */
function firstCharge(name: string, changes: Record<string, unknown> = {}): Scenario {
  const scenario = variant(name, changes);
  return { ...scenario, protocol: { ...scenario.protocol, repeat: 1, steps: scenario.protocol.steps.slice(0, 1) } };
}

/** Scenarios, and shares of their low conductivity. */
const calibrated = [
  { name: "three-spheres", shares: [0.25, 0.5, 1, 2, 4], band: [0.08, 0.1] },
  { name: "three-particles", shares: [0.25, 0.5, 1, 2, 4], band: [0.1, 0.2] },
] as const;

/**
 * The calibrated numbers, found again: the low conductivity that spreads the first charge by what was asked of it, and the
 * largest traction at the end of a damage-free first charge, by which strengths are measured.
 */
export const calibration: ValidationCase = {
  name: "calibration",
  title: "low conductivity against the first spread of lithium; strength against the damage-free traction",
  slow: true,
  run: onEach(calibrated, ({ name, shares, band }, report) => {
    const shipped = firstCharge(name);
    const spreads = shares.map((share) => {
      const low = shipped.binder.lowConductivity * share;
      const run = simulatedRun({ ...shipped, binder: { ...shipped.binder, lowConductivity: low } });
      const spread = run.measured.spread.lithiumFirst ?? Number.NaN;
      const label = `${name}: S_c(1) at low conductivity ${low.toPrecision(3)} S/m`;
      report(`  ${label}: ${spread.toPrecision(3)}`);
      return share === 1 ? between(label, spread, band[0], band[1]) : shown(label, spread);
    });
    const free = simulatedRun(firstCharge(name, { interface: { fatigue: "none" } }));
    const { mean, largest } = free.firstTraction;
    const label = `${name}: largest damage-free traction, MPa`;
    return [
      ...spreads,
      shown(`${name}: mean damage-free traction, MPa`, mean / 1e6),
      name === "three-spheres"
        ? between(label, largest / 1e6, 0.98 * calibratedStrength, 1.02 * calibratedStrength)
        : shown(label, largest / 1e6),
    ];
  }),
};
