import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { BARRIER, FLOOR, LAST, PLAUSIBLE, STEEPEST, TRUSTED } from "../src/fem/law/continuation.js";
import { MOST_FATIGUE_DAMAGE } from "../src/fem/law/fatigue/fatigue.js";
import { film } from "../src/fem/law/feedback/film.js";
import { limits } from "../src/fem/model/balances.js";
import { closing } from "../src/fem/model/current-scale.js";
import type { CycledModel } from "../src/fem/model/cycling.js";
import { mechanicalNewton } from "../src/fem/model/deform.js";
import { ample } from "../src/fem/model/electrochemical-bulk.js";
import { workable } from "../src/fem/model/exhaustion.js";
import { leastTraction } from "../src/fem/model/mechanics.js";
import { electrochemicalNewton } from "../src/fem/model/prepared-cathode.js";
import { initialState } from "../src/fem/model/run-state.js";
import { eventWidth, largestJump } from "../src/fem/model/stepping.js";
import { history } from "../src/fem/time/bdf.js";
import { firstStep } from "../src/fem/time/step-size.js";
import { bands } from "../src/inference/bands.js";
import { fewestCycles } from "../src/inference/closing.js";
import { fewestToConverge } from "../src/inference/converging.js";
import { middle, mostByRange } from "../src/inference/spread.js";
import { leastAsynchrony } from "../src/inference/synchronisation.js";
import { ACROSS, ALONG, BETWEEN } from "../src/network/graph/conduction-graph.js";
import { GRIP, LOCAL } from "../src/network/model/detachment.js";
import { many, weak } from "../src/network/model/grid.js";
import { lawful } from "../src/network/model/interface-newton.js";
import { cells, exact } from "../src/network/model/law-table.js";
import { THIN } from "../src/network/model/neighbour-law.js";
import { SLIDING } from "../src/network/model/openings.js";
import { PUBLISHED } from "../src/scenario/function/potential.js";
import { loadScenario } from "../src/scenario/load.js";
import { packageFolder } from "../src/scenario/version.js";
import { stretchOf } from "../src/study/simulation.js";

const page = (name: string): string => readFileSync(join(packageFolder(), "docs", name), "utf8").replace(/\s+/g, " ");

/** `10⁻³` and `10⁴` as numbers, and any other text as `Number` reads it. */
function numberOf(text: string): number {
  const raised = /^10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(text)?.[1];
  if (raised === undefined) return Number(text.replace(/,(?=\d{3})/g, "").replace("−", "-"));
  const power = [...raised].map((sign) => (sign === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign)));
  return Number(`1e${power.join("")}`);
}

/** The sizes of steps and their number in an instruction of a second, by `leastSteps`. */
function steps(verb: "charge" | "rest", leastSteps: number): number {
  const protocol = { repeat: 1, steps: [{ verb, control: { current: 0 }, until: { time: 1 }, stretch: 1e9 }] };
  const model = {
    spec: { time: { sizes: { smallest: 1e-9, largest: 1 }, leastSteps }, protocol },
    electrochemistry: { unknowns: 1 },
    mechanics: { unknowns: 0 },
    points: { count: 0 },
    rest: () => new Float64Array(1),
  } as unknown as CycledModel;
  return 1 / initialState(model).sizes.largest;
}

/** Of the time steps in a scenario that says nothing of them. */
const { largestStep, leastSteps } = loadScenario("scenarios/three-particles.yaml").solver.time;

type Quoted = readonly [what: string, text: RegExp, numbers: readonly number[]];

const theory: readonly Quoted[] = [
  ["damage by fatigue", /Neither law takes D beyond (\S+)\. D and/, [MOST_FATIGUE_DAMAGE]],
  ["the film at full damage", /film R_f = R_0 \+ R_d\[1\/\(1−(\S+)D\) − 1\]/, [1 - 1 / 50]],
  ["the barrier's weight, mV", /W=\\frac\{R_gT\}\{F\}=(\S+)\\ \\mathrm\{mV\}/, [Number((1e3 * BARRIER).toFixed(1))]],
  ["where the barrier goes straight", /From t = (\S+) on, (\d+) V beyond/, [1 - LAST, Math.round(BARRIER / LAST)]],
  [
    "the range of a potential",
    /The range reaches to s = (\S+) and to (\S+), or as far beyond \S+ as was measured, at most (\S+);/,
    [TRUSTED[0], PUBLISHED, TRUSTED[1]],
  ],
  [
    "where it ends sooner",
    /is steeper than (\S+) V per unit of s or leaves (\S+) to (\S+) V/,
    [-STEEPEST, ...PLAUSIBLE],
  ],
  ["where the exchange current vanishes", /within (\S+) of 0 and 1 it is multiplied by/, [TRUSTED[0]]],
  [
    "what an electrode works between",
    /Below (\S+) V or above (\S+) V against lithium no electrode works/,
    [...workable],
  ],
  ["the steps of an instruction", /at most 1\/(\d+) of an instruction whose end is known/, [leastSteps]],
  [
    "the first step",
    /The first step is 1\/(\d+) of the largest under load/,
    [1 / firstStep({ smallest: 0, largest: 1 })],
  ],
  [
    "how steps grow",
    /below 5C\/3 it grows as the rate falls \((\S+) s at 2C, (\S+) s at 1C, (\S+) s at C\/20\)/,
    [2, 1, 1 / 20].map((rate) => largestStep * stretchOf({ rate })),
  ],
  ["a jump of damage", /a step in which it grows by more than (\S+) at a point is halved/, [largestJump]],
  ["the width of an event", /each trial a full solution, to (\S+) of the step/, [eventWidth]],
  [
    "Newton's tolerances",
    /Newton's tolerances, (\S+) of the largest current for electrochemistry and (\S+) of the interface's forces/,
    [electrochemicalNewton.tolerance, mechanicalNewton.tolerance],
  ],
  ["what laws may be missed by", /laws are missed by less than (\S+) of/, [electrochemicalNewton.laws ?? Number.NaN]],
  [
    "what a step may lose of lithium",
    /worth less than (\S+) of each particle's lithium/,
    [electrochemicalNewton.tolerance / closing],
  ],
  ["long steps", /In steps longer than (\S+) times the diffusion between neighbouring nodes/, [ample]],
  [
    "the depth of the acceleration",
    /over the interface unknowns \(depth (\d) and (\d)\)/,
    [electrochemicalNewton.depth, mechanicalNewton.depth],
  ],
  ["slow iterations", /shrinks the residual by less than a half \((\S+) in mechanics\)/, [mechanicalNewton.slow]],
  ["the least forces, kPa", /\(at least (\S+) kPa on all surface\)/, [leastTraction / 1e3]],
  ["criterion A", /S_c\(1\) ≥ (\S+); both rank correlations ≥ (\S+) \|/, [leastAsynchrony, bands.order]],
  ["criterion B", /opens at ≥ (\S+) of it; ≥ (\d+) % in its last 40 %/, [bands.opens, 100 * bands.late]],
  [
    "the spread",
    /range up to N = (\S+), of more the range between the (\S+) % and the (\S+) % quantile/,
    [mostByRange, ...middle.map((share) => 100 * share)],
  ],
  [
    "criterion C",
    /S_D\/mean D falls to ≤ (\S+) of its first value; S_D is not largest in the last (\S+) of the cycles/,
    [bands.relative, bands.lastTenth],
  ],
  ["criterion D", /spread of lithium closes \| S_c ends at ≤ (\S+) of the first/, [bands.closes]],
  [
    "criterion E",
    /feedback off: S_c\(end\) ≥ (\S+) S_c\(2\), and ≥ (\S+) times the run's at equal mean damage; equal coverage, equal conduction: ≤ (\S+) of the run's spreads; .*? within (\S+) of S_c\(1\)/,
    [bands.frozen, bands.atEqualDamage, bands.none, bands.mirrored],
  ],
  [
    "cycles that are enough",
    /C is open before (\S+) cycles unless it is met, D before (\S+)\./,
    [fewestToConverge, fewestCycles],
  ],
];

const networks: readonly Quoted[] = [
  ["sliding", /τ = (\S+) for sliding/, [Number(SLIDING.toFixed(2))]],
  ["films", /1\/\(1 \+ \(X\/(\S+)\)²\) counts as a film's/, [THIN]],
  ["how near the law is approached", /is approached, to (\S+) of what each particle's volume/, [lawful]],
  ["weak edges", /from (\S+) particles on, of the graph without weak edges, g < (\S+) √\(d_a d_b\)/, [many / 2, weak]],
  [
    "the table of the laws",
    /through the laws at (\S+) places, or from the laws where these miss them by (\S+) of/,
    [cells, exact],
  ],
  [
    "what was calibrated",
    /between particles count (\S+), (\S+) and (\S+) of what each would by itself .*?; κ = (\S+); sound tractions (\S+) times/,
    [ALONG, ACROSS, BETWEEN, LOCAL, GRIP],
  ],
];

describe.each([
  ["theory.md", theory],
  ["networks.md", networks],
])("numbers in docs/%s", (name, quoted) => {
  const text = page(name);

  it.each(quoted)("are the program's: %s", (_, pattern, numbers) => {
    const found = pattern.exec(text);
    if (found === null) throw new Error(`docs/${name} does not say ${pattern}`);
    const said = found.slice(1).map(numberOf);
    expect(said.length).toBe(numbers.length);
    said.forEach((value, k) => {
      expect(Math.abs(value / numbers[k] - 1)).toBeLessThan(1e-12);
    });
  });
});

describe("words in docs/theory.md", () => {
  const text = page("theory.md");
  const says = (words: string) => expect(text.includes(words), words).toBe(true);

  it("are the program's: limits of the balances", () => {
    for (const [balance, limit] of Object.entries(limits)) {
      const row = text.match(new RegExp(`\\| ${balance} \\|[^|]*(?:\\\\\\|[^|]*)*\\| (\\S+) \\|`));
      expect(Number(row?.[1])).toBe(limit);
    }
    expect(electrochemicalNewton.tolerance).toBeLessThan(limits.charge);
    expect(mechanicalNewton.tolerance).toBeLessThan(limits.momentum);
  });

  it("are the program's: a rest's steps, the latest states, an iteration that is slow", () => {
    says("a rest takes an eighth of `leastSteps` at least");
    expect(steps("rest", 80)).toBe(steps("charge", 80) / 8);
    says("extrapolated through the latest five states");
    expect(history(1).states.length).toBe(5);
    says("shrinks the residual by less than a half");
    expect(electrochemicalNewton.slow).toBe(0.5);
  });

  it("are the program's: the film and the exchange current that are left", () => {
    says("(1 − t²)², down to a thousandth");
    expect(FLOOR).toBe(1e-3);
    expect(Math.abs(film.law({ resistance: 1, initial: 0 }).filmResistance(1) - 49)).toBeLessThan(1e-12);
  });
});
