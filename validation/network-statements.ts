import { judge } from "../src/inference/criteria.js";
import { placesOf } from "../src/inference/spatial/places.js";
import { againstRandomLabels } from "../src/inference/spatial/random-labelling.js";
import { severeDistances } from "../src/inference/spatial/severe-distance.js";
import { rankTrend } from "../src/inference/trend.js";
import { type Packing, relativeDepths } from "../src/space/packing.js";
import { within } from "./over-seeds.js";
import { type Changes, type EndOfCharge, type SimulatedRun, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";

const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const cycles = 40;
const permutations = 999;
const [none, all] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** A network's run and what it ran on. */
interface Ran extends SimulatedRun {
  readonly packing: Packing;
  readonly coverage: readonly number[];
}

function ran(scenario: string, changes: Changes): Ran {
  const resolved = variant(scenario, { protocol: { repeat: cycles }, ...changes });
  const { packing } = resolved.network!;
  return { ...simulatedRun(resolved), packing, coverage: Array.from(packing.coverage) };
}

/** One network a seed, by name. Says what each brought. */
function everySeed(name: string, scenario: string, changes: Changes, { report }: ValidationContext): Ran[] {
  return seeds.map((seed) => {
    const run = ran(scenario, { ...changes, seed });
    const { cycles: measured } = run.measured;
    const last = measured[measured.length - 1];
    report(
      `  ${name}, seed ${seed}: ${measured.length} cycles, S_c (deviation) ${measured[0].lithiumStd?.toFixed(4)} → ` +
        `${last.lithiumStd?.toFixed(4)}, mean damage ${last.meanDamage.toFixed(3)}, ${last.voltage.toFixed(2)} V` +
        (run.stopped === null ? "" : `; stopped: ${run.stopped}`),
    );
    if (run.stopped !== null) throw new Error(`${name}, seed ${seed}, stopped before its last cycle: ${run.stopped}`);
    return run;
  });
}

/** Standard deviation of s over its mean change, last charge over first. */
function closing({ measured }: SimulatedRun): number {
  const [first, last] = [measured.cycles[0], measured.cycles[measured.cycles.length - 1]];
  return (last.lithiumStd ?? Number.NaN) / (first.lithiumStd ?? Number.NaN);
}

const deviation = (values: readonly number[]): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

/** Cycle in which the damages lie furthest apart, over the number of cycles. */
function widest({ ends }: SimulatedRun): number {
  const spreads = ends.map(({ damage }) => deviation(damage));
  return (spreads.indexOf(Math.max(...spreads)) + 1) / ends.length;
}

/** Largest deviation of damage over that at the end. */
function narrowing({ ends }: SimulatedRun): number {
  const spreads = ends.map(({ damage }) => deviation(damage));
  return spreads[spreads.length - 1] / Math.max(...spreads);
}

/** ρ of coverage and lithium given in the first charge. */
function obeysCoverage({ coverage, measured }: Ran): number {
  return rankTrend(coverage, measured.firstMoved).rho ?? Number.NaN;
}

/** Share of seeds in which a criterion holds, as the report judges it. */
function judged(id: "B" | "C" | "D", runs: readonly Ran[]): number {
  const held = runs.filter(({ measured }) => judge(measured).find((one) => one.id === id)!.holds === true);
  return held.length / runs.length;
}

function synchronises(name: string, runs: readonly Ran[]): Verdict[] {
  return [
    within(`${name}: S_c(${cycles})/S_c(1), standard deviations`, runs.map(closing), none, 0.5),
    within(
      `${name}: rank correlation of coverage and lithium given in the first charge`,
      runs.map(obeysCoverage),
      0.5,
      1,
    ),
    within(`${name}: cycle of the widest damage over all`, runs.map(widest), 1 / cycles, 0.8),
    within(`${name}: deviation of damage at the end over the widest`, runs.map(narrowing), none, 0.8),
    ...(["B", "C", "D"] as const).map((id) => {
      const value = judged(id, runs);
      return {
        name: `${name}: share of seeds in which criterion ${id} holds`,
        value,
        band: "≥ 0.8",
        holds: value >= 0.8,
      };
    }),
  ];
}

/** Networks of a hundred fall into step, with feedback and without, and what coverage, contrast and rate do to that. */
const hundred: ValidationCase = {
  name: "network-100-statements",
  title: "a hundred particles, ten seeds: asynchronous to synchronous, controls, Kerlau's limit, rate, size",
  slow: true,
  run: async (context) => {
    const own = everySeed("as shipped", "network-100", {}, context);
    const off = everySeed("feedback off", "network-100", { feedback: { kind: "none" } }, context);
    const equal = everySeed("equal coverage", "network-100", { coverage: { distribution: { deviation: 0 } } }, context);
    const dense = everySeed("denser", "network-100", denser, context);
    const ratio = (a: readonly Ran[], b: readonly Ran[], of: (run: Ran) => number): number[] =>
      a.map((run, k) => of(run) / of(b[k]));
    const first = ({ measured }: Ran): number => measured.cycles[0].lithiumStd ?? Number.NaN;
    return [
      ...synchronises("100 particles", own),
      // Not to half, as the sparser one: where gaps are narrow, neighbours decide about damage as much as use does.
      within("half solid, gaps from 0.2 um: S_c at the end over the first", dense.map(closing), none, 1),
      within("feedback off: S_c at the end over that of cycle 2", off.map(frozen), 0.9, all),
      within("feedback off over on: S_c at the end", ratio(off, own, lastSpread), 1.5, all),
      within("equal coverage: S_c(1) over the shipped one's", ratio(equal, own, first), none, 0.5),
      within("equal coverage, film feedback: S_c at the end over the first", equal.map(closing), none, 1),
      ...kerlau(off, context),
      ...rates(context),
      ...scatter(own),
    ];
  },
};

const denser: Changes = {
  geometry: {
    packing: {
      particles: 100,
      radius: { lognormal: { mean: "5 um", deviation: "0.5 um" } },
      solidFraction: 0.5,
      clearance: "0.2 um",
      aspect: [2.5, 2.5, 1],
    },
  },
};

const lastSpread = ({ measured }: Ran): number => measured.cycles[measured.cycles.length - 1].lithiumStd ?? Number.NaN;

function frozen({ measured }: Ran): number {
  return (
    (measured.cycles[measured.cycles.length - 1].lithiumStd ?? Number.NaN) /
    (measured.cycles[1].lithiumStd ?? Number.NaN)
  );
}

/**
 * The electronic network alone sets particles apart: by its resistance, and by damage that takes ways from it while the reaction
 * feels none. `off`: the same networks, whole.
 */
function kerlau(off: readonly Ran[], context: ValidationContext): Verdict[] {
  const lost = everySeed("only ways lost", "network-100-kerlau", {}, context);
  const even = everySeed(
    "only ways lost, equal coverage",
    "network-100-kerlau",
    { coverage: { distribution: { deviation: 0 } } },
    context,
  );
  const still = { interface: { fatigue: "none" }, feedback: { kind: "none" }, protocol: { repeat: 1 } };
  const good = everySeed("no damage", "network-100", still, context);
  const poor = everySeed(
    "no damage, three times the electronic resistance",
    "network-100",
    { ...still, binder: { low: { conductivity: "2e-5 S/m" }, high: { conductivity: "0.333 S/m" } } },
    context,
  );
  const values = poor.map((run, k) => lastSpread(run) / lastSpread(good[k]));
  const against = lost.map((run, k) => lastSpread(run) / lastSpread(off[k]));
  return [
    within("Kerlau's limit, contacts lost with damage and no other feedback: S_c(40)/S_c(2)", lost.map(frozen), 1, all),
    within("Kerlau's limit, the same: S_c(40) over that of a whole network", against, 1.1, all),
    within("Kerlau's limit, the same with equal coverage: S_c(40)/S_c(2)", even.map(frozen), 1, all),
    within("Kerlau's limit: S_c(1) at three times the electronic resistance", values, 1.2, all),
  ];
}

/** Damage after ten cycles at 5C over that at 1C, the same charge passed. */
function rates(context: ValidationContext): Verdict[] {
  const at = (rate: string): Ran[] =>
    everySeed(
      `charged at ${rate}`,
      "network-100",
      {
        protocol: {
          repeat: 10,
          steps: [
            { charge: { rate, until: { throughput: 0.5, voltage: "5 V" } } },
            { discharge: { rate: "2C", until: { throughput: 0.5, voltage: "3 V" } } },
          ],
        },
      },
      context,
    );
  const [fast, slow] = [at("5C"), at("1C")];
  const meanDamage = ({ measured }: Ran): number => measured.cycles[measured.cycles.length - 1].meanDamage;
  const spread = ({ ends }: Ran): number => deviation(ends[ends.length - 1].damage);
  return [
    within(
      "mean damage after ten cycles, 5C over 1C",
      fast.map((run, k) => meanDamage(run) / meanDamage(slow[k])),
      1,
      all,
    ),
    within(
      "its deviation over the particles, 5C over 1C",
      fast.map((run, k) => spread(run) / spread(slow[k])),
      1,
      all,
    ),
  ];
}

/** Deviation of damage among the smallest third over that among the largest, after five cycles. */
function scatter(runs: readonly Ran[]): Verdict[] {
  const values = runs.map(({ packing, ends }) => {
    const order = Array.from(packing.radius, (_, k) => k).sort((a, b) => packing.radius[a] - packing.radius[b]);
    const third = Math.floor(order.length / 3);
    const of = (members: readonly number[]): number => deviation(members.map((k) => ends[4].damage[k]));
    return of(order.slice(0, third)) / of(order.slice(-third));
  });
  return [within("scatter of damage among small particles over that among large, cycle 5", values, 1, all)];
}

/** Networks of a thousand: into step; depth and clusters of severe damage, early and late. */
const thousand: ValidationCase = {
  name: "network-1000-statements",
  title:
    "a thousand particles, ten seeds: asynchronous to synchronous, depth early and late, clusters of severe damage",
  slow: true,
  run: async (context) => {
    const own = everySeed("as shipped", "network-1000", {}, context);
    const [early, late] = [1, cycles - 1];
    const atEnd = (of: (run: Ran, end: EndOfCharge) => number, k: number, runs = own): number[] =>
      runs.map((run) => of(run, run.ends[Math.min(k, run.ends.length - 1)]));
    const ohmic = { electrolyte: { kind: "ohmic", conductivity: "0.1 S/m" } };
    const poor = everySeed("electrolyte of 0.1 S/m", "network-1000", ohmic, context);
    return [
      ...synchronises("1,000 particles", own),
      within("lithium left against depth, |rank correlation|, cycle 2", atEnd(lithiumByDepth, early), 0.1, 1),
      within("lithium left against depth, |rank correlation|, late over early", ratio(own, lithiumByDepth), none, 0.5),
      within("damage against depth, |rank correlation|, cycle 2", atEnd(damageByDepth, early), 0.1, 1),
      within("damage against depth, |rank correlation|, late over early", ratio(own, damageByDepth), none, 0.5),
      within("electrolyte of 0.1 S/m: lithium left against depth, cycle 2", atEnd(lithiumByDepth, early, poor), 0.1, 1),
      within("electrolyte of 0.1 S/m: the same, late over early", ratio(poor, lithiumByDepth), none, 0.5),
      within("electrolyte of 0.1 S/m: damage against depth, cycle 2", atEnd(damageByDepth, early, poor), 0.1, 1),
      within("electrolyte of 0.1 S/m: the same, late over early", ratio(poor, damageByDepth), none, 0.5),
      within("most damaged tenth, nearest distance over random labels', cycle 2", atEnd(severeByChance, early), 1, all),
      within("most damaged tenth, nearest distance over random labels', late", atEnd(severeByChance, late), none, 1),
    ];
    function ratio(runs: readonly Ran[], of: (run: Ran, end: EndOfCharge) => number): number[] {
      return runs.map((run) => of(run, run.ends[run.ends.length - 1]) / of(run, run.ends[early]));
    }
  },
};

const lithiumByDepth = ({ packing }: Ran, { stoichiometry }: EndOfCharge): number =>
  Math.abs(rankTrend(Array.from(relativeDepths(packing)), stoichiometry).rho ?? Number.NaN);

const damageByDepth = ({ packing }: Ran, { damage }: EndOfCharge): number =>
  Math.abs(rankTrend(Array.from(relativeDepths(packing)), damage).rho ?? Number.NaN);

/** Nearest distance among the tenth that is most damaged, over that of a tenth picked at random. */
function severeByChance({ packing, measured }: Ran, { damage }: EndOfCharge): number {
  const { centre } = packing;
  const axis = (a: number): Float64Array => Float64Array.from(packing.radius, (_, k) => centre[3 * k + a]);
  const distances = severeDistances(placesOf([axis(0), axis(1), axis(2)]), true);
  const limit = [...damage].sort((a, b) => b - a)[Math.floor(measured.particles / 10) - 1];
  const marks = Float64Array.from(damage, (own) => (own >= limit ? 1 : 0));
  const [test] = againstRandomLabels(
    marks,
    (severe, into) => {
      into[0] = distances(severe).nearest;
    },
    1,
    permutations,
    1,
  );
  return test.observed / test.expected;
}

/** What the papers state of networks, each with its effect and the interval of its mean over ten seeds. */
export const networkStatements: readonly ValidationCase[] = [hundred, thousand];
