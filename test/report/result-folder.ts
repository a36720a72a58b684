import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../../src/inference/run-record.js";
import { csvRow } from "../../src/table/csv-row.js";
import { prototypeRun } from "../inference/prototype.js";
import { writeFieldFiles } from "./field-files.js";

const tau = 720;
const clockColumns = ["Time [s]", "t/tau", "Cycle", "Protocol step"];

export interface FolderOptions {
  readonly title?: string;
  readonly feedback?: "on" | "off";
  readonly cycles?: number;
  /** Rows a half-cycle. */
  readonly steps?: number;
  readonly record?: RunRecord;
  /** Cycles with fields at their end of charge. */
  readonly fieldCycles?: readonly number[];
  /** Changes to the resolved scenario. */
  readonly scenario?: Readonly<Record<string, unknown>>;
  /** More keys of the summary. */
  readonly summary?: Readonly<Record<string, unknown>>;
}

/** Writes a results folder whose ends of charge are those of the scalar prototype; between them, plausible curves. */
export function writeResultFolder(folder: string, options: FolderOptions = {}): void {
  const { feedback = "on", cycles = 40, steps = 24 } = options;
  const record = options.record ?? prototypeRun(feedback, cycles);
  const kind = feedback === "on" ? "film" : "none";
  mkdirSync(folder, { recursive: true });
  const put = (file: string, text: string) => writeFileSync(join(folder, file), text);
  const title = options.title ?? `Three particles, feedback ${feedback}`;
  const scenario = { ...scenarioOf(title, kind, record), ...options.scenario };
  put("manifest.json", JSON.stringify({ ...manifest, scenario }, null, 2));
  const summary = { steps: 2 * steps * record.cycles.length, unknowns: 14210, seconds: 212.4, ...options.summary };
  put("summary.json", JSON.stringify(summary));
  put("particles.csv", particlesCsv(record));
  const rows = record.cycles.flatMap((_, k) =>
    halfCycle(record, k, "charge", steps).concat(halfCycle(record, k, "discharge", steps)),
  );
  put("timeseries.csv", seriesCsv(rows));
  put("particle_timeseries.csv", particleSeriesCsv(rows));
  const withFields = options.fieldCycles ?? [];
  if (withFields.length > 0) writeFieldFiles(folder, record, withFields);
}

const manifest = {
  program: "synchrode",
  version: "0.1.0",
  status: "done",
  scenarioFile: "three-particles.yaml",
  scenarioSha256: "5b0e8c9d31",
  seed: 1,
  backend: { requested: "auto", ran: "webasm" },
  inputs: [],
  timings: { mesh: 0.412345, solve: 211.2 },
};

interface Row {
  readonly time: number;
  readonly cycle: number;
  readonly verb: "charge" | "discharge";
  readonly ended: string;
  readonly voltage: number;
  readonly capacity: number;
  readonly s: readonly number[];
  readonly d: readonly number[];
}

function halfCycle(record: RunRecord, index: number, verb: "charge" | "discharge", steps: number): Row[] {
  const end = record.cycles[index];
  const { initialStoichiometry: s0, firstCharge } = record;
  const particles = record.coverage.length;
  const previous = record.cycles[index - 1]?.damage ?? new Array<number>(particles).fill(0);
  const began = (2 * index + (verb === "charge" ? 0 : 1)) * 0.5 * tau;
  return Array.from({ length: steps }, (_, k): Row => {
    const share = (k + 1) / steps;
    const charged = verb === "charge" ? share : 1 - share;
    const time = share * 0.5 * tau;
    const s = end.meanStoichiometry.map((value) => s0 + charged * (value - s0));
    const first = index === 0 && verb === "charge";
    const at = (rows: readonly (readonly number[])[], p: number) => tableAt(firstCharge.time, rows, p, time);
    const grown = (p: number) => previous[p] + (end.damage[p] - previous[p]) * Math.max(0, 2 * share - 1);
    const d = end.damage.map((value, p) =>
      verb === "discharge" ? value : first ? at(firstCharge.damage, p) : grown(p),
    );
    return {
      time: began + time,
      cycle: end.cycle,
      verb,
      ended: k === steps - 1 ? "throughput" : "",
      voltage: verb === "charge" ? 3.72 + (end.voltage - 3.72) * share ** 0.8 : 3.3 + 0.35 * charged,
      capacity: charged * end.throughput,
      s,
      d: k === steps - 1 ? end.damage : d,
    };
  });
}

function tableAt(time: readonly number[], rows: readonly (readonly number[])[], p: number, at: number): number {
  const k = Math.max(
    1,
    time.findIndex((t) => t >= at - 1e-9),
  );
  const share = (at - time[k - 1]) / (time[k] - time[k - 1]);
  return rows[k - 1][p] + share * (rows[k][p] - rows[k - 1][p]);
}

function seriesCsv(rows: readonly Row[]): string {
  const head = [...clockColumns, "Verb", "Cell voltage [V]", "Current density [A/m2]", "Capacity [mAh/cm3]"];
  const columns = [...head, "Lithium balance", "Charge balance", "Momentum balance", "Ended"];
  const lines = rows.map((row, k) =>
    csvRow([
      ...clock(row),
      row.verb,
      row.voltage,
      row.verb === "charge" ? 10.9 : -10.9,
      row.capacity,
      3e-13 * (1 + (k % 5)),
      2e-14 * (1 + (k % 3)),
      k % 7 === 0 ? 0 : 6e-15 * (1 + (k % 4)),
      row.ended,
    ]),
  );
  return csvRow(columns) + lines.join("");
}

function particleSeriesCsv(rows: readonly Row[]): string {
  const state = [
    "Mean stoichiometry",
    "Surface stoichiometry",
    "Current density [A/m2]",
    "Interface damage",
    "Largest interface damage",
  ];
  const opening = ["Mean opening [nm]", "Largest opening [nm]", "Mean traction [MPa]", "Largest traction [MPa]"];
  const lines = rows.flatMap((row) =>
    row.s.map((s, p) => csvRow([...clock(row), p + 1, s, s - 0.02, 10.9, row.d[p], 1.8 * row.d[p], 2, 5, 25, 42])),
  );
  return csvRow([...clockColumns, "Particle", ...state, ...opening]) + lines.join("");
}

function particlesCsv(record: RunRecord): string {
  const place = ["Particle", "x [um]", "y [um]", "z [um]", "Particle radius [um]", "Nominal coverage", "Coverage"];
  const last = record.cycles[record.cycles.length - 1];
  const lines = record.coverage.map((coverage, p) =>
    csvRow([
      p + 1,
      8 + 16 * p,
      8,
      0,
      5,
      coverage,
      coverage,
      last.damage[p],
      1.8 * last.damage[p],
      last.meanStoichiometry[p],
      900,
    ]),
  );
  return (
    csvRow([
      ...place,
      "Interface damage",
      "Largest interface damage",
      "Mean stoichiometry",
      "Charge passed [mAh/cm3]",
    ]) + lines.join("")
  );
}

function clock(row: Row): number[] {
  return [row.time, row.time / tau, row.cycle, row.verb === "charge" ? 0 : 1];
}

function scenarioOf(title: string, feedback: string, record: RunRecord): Record<string, unknown> {
  const radius = 5e-6;
  return {
    title,
    seed: 1,
    geometry: {
      kind: "plane",
      collector: "bottom",
      width: 16e-6 * record.coverage.length,
      height: 16e-6,
      particles: record.coverage.map((_, p) => ({ x: 8e-6 + 16e-6 * p, y: 8e-6, radius, high: [] })),
    },
    nominalCoverage: record.coverage,
    activeMaterial: {
      set: "ORegan2022",
      maximumConcentration: 51765,
      openCircuitPotential: { set: "Chen2020" },
      diffusivity: { constant: 5e-14 },
      exchangeCurrent: { symmetric: 2 },
      initialStoichiometry: record.initialStoichiometry,
      usableWindow: 0.63,
      youngModulus: 140e9,
      poissonRatio: 0.3,
      eigenstrain: { kind: "linear", partialMolarVolume: 1.84e-6 },
      stressDrift: false,
    },
    binder: { highConductivity: 1, lowConductivity: 1.2e-3, youngModulus: 2e9, poissonRatio: 0.3 },
    electrolyte: { kind: "uniform" },
    interface: {
      stiffness: 1e16,
      cohesive: null,
      fatigue: { perLoading: 1, exponent: 2, threshold: 0.3, referenceTraction: 60e6 },
    },
    feedback: feedback === "none" ? { kind: "none" } : { kind: "film", resistance: 0.2, initial: 0 },
    temperature: 298.15,
    protocol: {
      repeat: record.cycles.length,
      steps: [
        { verb: "charge", rate: 5, until: { throughput: 0.5, voltage: 4.8 } },
        { verb: "discharge", rate: 5, until: { throughput: 0.5, voltage: 2.5 } },
      ],
      tau,
    },
    solver: { mesh: { order: 1, interfaceSize: 2.5e-7 }, time: { method: "bdf2", tolerance: 1e-3 } },
  };
}
