import type { Controls } from "../src/inference/controls.js";
import { judge } from "../src/inference/criteria.js";
import type { Synchronisation } from "../src/inference/synchronisation.js";
import { type Changes, simulatedRun, variant } from "./simulated-run.js";
import type { ValidationCase, ValidationContext, Verdict } from "./validation-case.js";

/** A scenario's own controls: each differs from it in one thing. */
interface Subject {
  readonly scenario: string;
  readonly permuted: readonly number[];
  /** What all its runs share: nothing, or a mesh that makes many runs affordable. */
  readonly common: Changes;
  readonly finerMesh: Changes;
  readonly other: { readonly moreParticles?: string };
}

const rowOfThree = [0.1, 0.9, 0.5];
const stackOfThree = [0.1564, 0.891, 0.454];
const rowOfNine = [0.5, 0.1, 0.9, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6];
/** 240 facets a circle instead of 160, and 160 instead of 120: all carry the shipped coverages exactly. */
const finerDisks = { mesh: { interfaceSize: "0.131 um", growth: 0.2, largestSize: "0.55 um" } };
/** 120 facets a circle for the runs of nine disks; the shipped mesh of 160 is then the finer one. */
const coarseDisks = { mesh: { interfaceSize: "0.262 um", growth: 0.2, largestSize: "1 um" } };
const shippedDisks = { mesh: { interfaceSize: "0.2 um", growth: 0.2, largestSize: "0.8 um" } };
const finerSpheres = { mesh: { interfaceSize: "0.1965 um", growth: 0.2, largestSize: "0.6 um" } };
const finerStep = { time: { tolerance: 2.5e-4, leastSteps: 48, largestStep: "30 s" } };

const subjects: readonly Subject[] = [
  {
    scenario: "three-particles",
    permuted: rowOfThree,
    common: {},
    finerMesh: finerDisks,
    other: { moreParticles: "nine-particles" },
  },
  { scenario: "three-spheres", permuted: stackOfThree, common: {}, finerMesh: finerSpheres, other: {} },
  {
    scenario: "nine-particles",
    permuted: rowOfNine,
    common: { solver: coarseDisks },
    finerMesh: shippedDisks,
    other: {},
  },
];

/** Criteria A–G of the synchronisation claim, with their controls, on two meshes and two step tolerances. */
export const criteria: readonly ValidationCase[] = subjects.map((subject) => ({
  name: `criteria-${subject.scenario}`,
  title: `criteria A–G for ${subject.scenario}, its controls, two meshes and two step tolerances`,
  slow: true,
  run: async (context) => judgeSubject(subject, context),
}));

function judgeSubject(subject: Subject, { report }: ValidationContext): Verdict[] {
  const run = (label: string, changes: Changes = {}, scenario = subject.scenario): Synchronisation => {
    report(`  ${subject.scenario}: ${label}`);
    const { measured, stopped, steps } = simulatedRun(variant(scenario, { ...subject.common, ...changes }));
    report(`    ${steps} steps${stopped === null ? "" : `; stopped: ${stopped}`}; ${headlineText(measured)}`);
    return measured;
  };
  const own = run(subject.common.solver === undefined ? "as shipped" : "as shipped, on a coarser mesh");
  const meshed = run("finer mesh", { solver: subject.finerMesh });
  const stepped = run("finer steps", {
    solver: { ...(subject.common.solver as Changes | undefined), ...finerStep },
  });
  const controls: Controls = {
    feedbackOff: run("feedback off", { feedback: { kind: "none" } }),
    equalCoverage: run("equal coverage", { coverage: { fractions: 0.5 } }),
    contrastOne: run("equal conductivities", { binder: { low: { conductivity: "1 S/m" } } }),
    permuted: [run("permuted coverage", { coverage: { fractions: subject.permuted } })],
    otherSeed: run("other coverage", { ...randomCoverage(subject.scenario) }),
    moreParticles:
      subject.other.moreParticles === undefined
        ? own
        : run("more particles, on a coarser mesh", { solver: coarseDisks }, subject.other.moreParticles),
    finer: meshed,
  };
  const judged = judge(own, controls).map(({ id, name, value, band, holds }) => ({
    name: `${id} ${name}`,
    value,
    band,
    holds: holds === true,
  }));
  const charging = own.damageWhileCharging ?? Number.NaN;
  const grown = {
    name: "share of damage that grows while charging",
    value: charging,
    band: "≥ 0.95",
    holds: charging >= 0.95,
  };
  return [...judged, grown, ...moved("finer mesh", own, meshed), ...moved("finer steps", own, stepped)];
}

/** Another draw of coverages: random patches on disks, bands of half-angle 54, 36 and 18 degrees on spheres. */
function randomCoverage(scenario: string): Changes {
  return scenario === "three-spheres"
    ? { coverage: { fractions: [0.809, 0.5878, 0.309] } }
    : { seed: 7, coverage: { pattern: "random", patches: 4 } };
}

/** The numbers that a reader takes away from a run. */
export function headline(run: Synchronisation): Readonly<Record<string, number>> {
  const first = run.cycles[0];
  const last = run.cycles[run.cycles.length - 1];
  return {
    "S_c(1)": first.lithium ?? Number.NaN,
    "largest S_D": run.spread.damageMax,
    "S_D at the end": run.spread.damageLast,
    "mean damage at the end": last.meanDamage,
    "capacity, first": first.throughput,
    "capacity, last": last.throughput,
  };
}

export function headlineText(run: Synchronisation): string {
  const numbers = Object.entries(headline(run)).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  return `${numbers.join(", ")}, S_c at the end ${run.spread.lithiumLast?.toPrecision(3)}, in step at ${run.syncCycle}`;
}

function moved(label: string, from: Synchronisation, to: Synchronisation): Verdict[] {
  const [a, b] = [headline(from), headline(to)];
  return Object.keys(a).map((name) => {
    const value = Math.abs(b[name] / a[name] - 1);
    return { name: `${label}: ${name} moves`, value, band: "< 0.02", holds: value < 0.02 };
  });
}
