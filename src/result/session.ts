import type { InputFile } from "../scenario/input-file.js";
import type { Scenario } from "../scenario/scenario.js";
import { version } from "../scenario/version.js";
import { type Backend, readManifest, recordedScenario, type Status, scenarioHash, writeManifest } from "./manifest.js";

/** One sitting of a run: keeps the clock and the manifest. */
export interface Session {
  /** Adds the wall-clock time of some work to a stage. */
  timed<T>(stage: string, work: () => T): T;
  /** Writes the manifest. */
  mark(status: Status, message?: string): void;
  /** Wall-clock seconds of all stages, with those of earlier sittings. */
  seconds(): number;
}

export interface SessionOptions {
  readonly folder: string;
  readonly scenario: Scenario;
  readonly scenarioFile: string;
  readonly inputs: readonly InputFile[];
  readonly backend: Backend;
  readonly resumes: boolean;
}

export function openSession(options: SessionOptions): Session {
  const { folder, scenario, scenarioFile, inputs, backend } = options;
  const earlier = options.resumes ? readManifest(folder) : undefined;
  const timings: Record<string, number> = { ...earlier?.timings };
  return {
    timed(stage, work) {
      const began = performance.now();
      try {
        return work();
      } finally {
        timings[stage] = (timings[stage] ?? 0) + (performance.now() - began) / 1000;
      }
    },
    seconds: () => Object.values(timings).reduce((total, seconds) => total + seconds, 0),
    mark(status, message) {
      writeManifest(folder, {
        program: "synchrode",
        version: version(),
        status,
        ...(message === undefined ? {} : { message }),
        scenarioFile,
        scenarioSha256: scenarioHash(scenario),
        seed: scenario.seed,
        backend,
        inputs,
        timings,
        resumed: options.resumes ? (earlier?.resumed ?? 0) + 1 : 0,
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        scenario: recordedScenario(scenario),
      });
    },
  };
}
