import { planeStrain } from "../src/fem/coordinates/coordinates.js";
import { FARADAY } from "../src/fem/law/faraday.js";
import { creep } from "../src/fem/law/fatigue/creep.js";
import { cycles } from "../src/fem/law/fatigue/cycles.js";
import { film } from "../src/fem/law/feedback/film.js";
import { constant } from "../src/fem/law/stoichiometry-function.js";
import { bareCathode, march } from "./bare-cathode.js";
import { smoothExchange, smoothPotential } from "./manufactured/electrochemistry.js";
import { orderVerdict } from "./manufactured/order.js";
import { structuredMesh } from "./mesh/structured.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { onEach } from "./verdicts.js";

/** m */
const size = 3e-6;
const duration = 384;
const maximumConcentration = 50000;
/** A per m of depth: 0.6 of the stoichiometry in 720 s. */
const current = (0.6 * FARADAY * maximumConcentration * size * size) / 720;

const load = { exponent: 2, threshold: 0.3, referenceTraction: 6e7, shearWeight: 1 };
/** Damage by time under load, and by its growth. */
const laws = {
  time: creep.law({ rate: 4 / 720, ...load }),
  cycles: cycles.law({ perLoading: 0.8, ...load }),
} as const;

/** What a charge in steps of h s ends with: V, damage, and stoichiometry at the surface. */
function chargeEnd(
  method: "euler" | "bdf2",
  damaging: keyof typeof laws,
  h: number,
): readonly [number, number, number] {
  const layers = [
    { body: "particle", thickness: size, rows: 4 },
    { body: "high", thickness: size, rows: 3 },
  ] as const;
  const spec = bareCathode(structuredMesh({ order: 1, towards: "right", length: size, columns: 3, layers }), {
    coordinates: planeStrain,
    collector: "right",
    protocol: { repeat: 1, steps: [{ verb: "charge", control: { current }, until: { time: duration } }] },
    currentScale: current,
    sides: { bottom: "roller", right: "fixed", top: "free", left: "roller" },
    maximumConcentration,
    initialStoichiometry: 0.85,
    openCircuitPotential: smoothPotential,
    exchangeCurrent: smoothExchange,
    diffusivity: constant(5e-14),
    eigenstrain: { value: (s) => 0.03 * s, derivative: () => 0.03, validity: [0, 1] },
    fatigue: laws[damaging],
    feedback: film.law({ resistance: 0.02, initial: 0 }),
    conductivity: [1, 1],
    time: { method, tolerance: 1e9, sizes: { smallest: h, largest: h }, leastSteps: 1 },
  });
  const [{ voltage, particles }] = march(spec);
  return [voltage, particles.damage[0], particles.surfaceStoichiometry[0]];
}

/** Orders from the differences between runs with steps halved each time: one pass through the couplings keeps them. */
export function damageOrders(
  method: "euler" | "bdf2",
  steps: readonly number[],
  damaging: keyof typeof laws = "time",
): Verdict[] {
  const ends = steps.map((h) => chargeEnd(method, damaging, h));
  // Euler's own error is lithium's. What the reaction feels is foreseen to second order by time, to third by cycles, beside which
  // BDF2's own error in lithium shows late.
  const names = method === "euler" ? ["surface lithium"] : ["voltage", "damage", "surface lithium"];
  const foreseen = damaging === "cycles" && method === "bdf2";
  return names.map((name) => {
    const k = ["voltage", "damage", "surface lithium"].indexOf(name);
    const differences = ends.slice(1).map((end, i) => Math.abs(end[k] - ends[i][k]));
    const theory = method === "euler" ? 1 : 2;
    return orderVerdict(
      `${method === "euler" ? "implicit Euler" : "BDF2"}, damage by ${damaging}: ${name}`,
      steps.slice(1),
      differences,
      theory,
      foreseen ? "several" : "one",
    );
  });
}

const fine = [16, 8, 4, 2, 1, 0.5];
/** s; by cycles errors sink to what Newton's method leaves where steps are short. */
const stepsFor = { time: { euler: fine, bdf2: fine }, cycles: { euler: fine, bdf2: [48, 24, 12, 6, 3] } } as const;

/** A charge that damages its interface and feels it. */
export const damagingOrders: ValidationCase = {
  name: "orders-damage",
  title: "Observed orders in time of a charge whose damage acts back, from runs with steps halved",
  slow: false,
  run: onEach(["time", "cycles"] as const, (damaging) =>
    (["euler", "bdf2"] as const).flatMap((method) => damageOrders(method, stepsFor[damaging][method], damaging)),
  ),
};
