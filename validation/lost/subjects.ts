import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";

/** A command that is disturbed, and what must come out alike. */
export interface Subject {
  readonly name: string;
  /** First word of the process that is disturbed. */
  readonly who: string;
  readonly words: readonly string[];
  /** Words that go on afterwards. */
  readonly again: readonly string[];
  /** In the folder that is written; the written file itself for "". */
  readonly files: readonly string[];
  /** A command line, without `--out`, whose results are there already, beside a file of the user's. */
  readonly over?: readonly string[];
}

const scenario = (resistance: string) => `title: Two particles
geometry:
  kind: plane
  lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }
  collector: bottom
  separator: top
coverage: { pattern: arc, fractions: [0.9, 0.1] }
activeMaterial:
  set: ORegan2022
  diffusivity: 5e-14 m^2/s
  exchangeCurrent: { symmetric: 2 A/m^2 }
  initialStoichiometry: 0.85
interface: { stiffness: 1e16 Pa/m, fatigue: { perLoading: 1, threshold: 0.3 } }
feedback: { kind: film, resistance: ${resistance} }
protocol:
  repeat: 2
  steps:
    - charge: { rate: 5C, until: { throughput: 0.02, voltage: 4.8 V } }
    - discharge: { rate: 5C, until: { throughput: 0.02 } }
solver: { mesh: { interfaceSize: 2 um, largestSize: 4 um } }
`;

const sweep = `scenario: two.yaml
set: { protocol.repeat: 1, outputs.fieldCycles: [] }
axes: { feedback.resistance: { values: [0.1 ohm m^2, 0.2 ohm m^2] } }
`;

/** Makes a folder with what the subjects read. @returns names of these files */
export function writeInputs(folder: string): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const texts = { "two.yaml": scenario("0.2 ohm m^2"), "other.yaml": scenario("0.3 ohm m^2"), "sweep.yaml": sweep };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  const painted = (radius: number) => {
    const balls = [14, 36].map((x) => ({ centre: [x, 14, 14], radius }) as const);
    return phantom({ balls, cracks: [], hollows: [], caps: [] }, [28, 28, 50], [1, 1, 1]).phases;
  };
  writeTiff(join(folder, "phases.tif"), painted(11));
  writeTiff(join(folder, "smaller.tif"), painted(10));
  return [...Object.keys(texts), "phases.tif", "smaller.tif"];
}

const series = ["timeseries.csv", "particle_timeseries.csv", "particles.csv", "checkpoint.bin", "fields/fields.pvd"];
const tables = ["runs.csv", "runs.parquet", "sweep.json"];
const found = ["labels.tif", "particles.csv", "particles.parquet", "contacts.csv", "summary.json", "slices/0013.png"];

/** @param at path of an input */
export function subjects(at: (name: string) => string) {
  const run = ["run", at("two.yaml"), "--no-report"];
  const swept = (jobs: number) => ["sweep", at("sweep.yaml"), "--jobs", String(jobs), "--no-report"];
  const segment = ["segment", at("phases.tif"), "--backend", "cpu"];
  const chunked = [...segment, "--chunk", "20"];
  const resumed = (words: readonly string[]) => [...words, "--resume"];
  const sweeping = (who: string, jobs: number) =>
    ({ who, words: swept(jobs), again: resumed(swept(jobs)), files: tables }) as const;
  return {
    run: { who: "run", words: run, again: resumed(run), files: series },
    runOver: {
      who: "run",
      words: run,
      again: resumed(run),
      files: series,
      over: ["run", at("other.yaml"), "--no-report"],
    },
    sweep: sweeping("sweep", 1),
    worker: sweeping("sweep-worker", 1),
    twoWorkers: sweeping("sweep-worker", 2),
    segment: { who: "segment", words: segment, again: segment, files: found },
    segmentOver: {
      who: "segment",
      words: segment,
      again: segment,
      files: found,
      over: ["segment", at("smaller.tif"), "--backend", "cpu"],
    },
    segmentChunked: { who: "segment", words: chunked, again: chunked, files: found },
  } as const;
}
