import { createHash } from "node:crypto";
import { join } from "node:path";
import { jsonObjectIn, writeJson } from "../folder/json-file.js";
import type { InputFile } from "../scenario/input-file.js";
import type { NetworkChoice, Scenario } from "../scenario/scenario.js";
import { solidFraction } from "../space/packing.js";
import { runFiles } from "./result-files.js";

/** `ended-by-limit`: a limit of the cell, which `message` names, ended it before its protocol did. */
export type Status = "running" | "done" | "ended-by-limit" | "stopped" | "failed";

export interface Backend {
  readonly requested: string;
  /** What computed, as it reports itself. */
  readonly ran: string;
  /** Why this is not what was requested. */
  readonly reason?: string;
}

/** What a results folder says about itself. */
export interface Manifest {
  readonly program: "synchrode";
  readonly version: string;
  readonly status: Status;
  /** Why it failed, or where it was stopped. */
  readonly message?: string;
  readonly scenarioFile: string;
  readonly scenarioSha256: string;
  readonly seed: number;
  readonly backend: Backend;
  readonly inputs: readonly InputFile[];
  /** Wall-clock seconds by stage, over all sessions of the run. */
  readonly timings: Readonly<Record<string, number>>;
  /** Times the run was taken up again. */
  readonly resumed: number;
  readonly node: string;
  readonly platform: string;
  readonly scenario: RecordedScenario;
}

/** A scenario as it is kept: the particles of a network are in `particles.csv`, and follow from the file and its seed. */
export type RecordedScenario = Omit<Scenario, "network"> & {
  readonly network: {
    readonly dimension: 2 | 3;
    readonly particles: number;
    /** m */
    readonly box: readonly [number, number, number];
    readonly periodic: boolean;
    readonly solidFraction: number;
    readonly resolution: NetworkChoice["resolution"];
  } | null;
};

export function recordedScenario(scenario: Scenario): RecordedScenario {
  if (scenario.network === null) return { ...scenario, network: null };
  const { packing, resolution } = scenario.network;
  const { dimension, box, periodic, radius } = packing;
  return {
    ...scenario,
    geometry: { ...scenario.geometry, particles: [] },
    nominalCoverage: [],
    network: { dimension, particles: radius.length, box, periodic, solidFraction: solidFraction(packing), resolution },
  };
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeJson(join(folder, runFiles.manifest), manifest);
}

/** The manifest of a results folder, or undefined when the folder has none, or a damaged one. @throws MachineFailure */
export function readManifest(folder: string): Manifest | undefined {
  const manifest = jsonObjectIn(join(folder, runFiles.manifest)) as Manifest | undefined;
  return manifest?.program === "synchrode" ? manifest : undefined;
}

/** SHA-256 of a resolved scenario, the same whatever the order of keys in its file; the title does not count. */
export function scenarioHash({ title: _, ...scenario }: Scenario): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(scenario)))
    .digest("hex");
}

/** The same hash but for how often the protocol is repeated, and for the cycles whose fields are kept. */
export function extensibleHash(scenario: Scenario): string {
  const { protocol, outputs } = scenario;
  return scenarioHash({ ...scenario, protocol: { ...protocol, repeat: 0 }, outputs: { ...outputs, fieldCycles: [] } });
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value instanceof Float64Array) return Array.from(value);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
