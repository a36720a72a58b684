import { sections } from "../fem/coordinates/coordinates.js";
import { type ControlName, type Controls, gathered } from "../inference/controls.js";
import { absentControls } from "../result/control-runs.js";
import type { FieldEntry } from "../result/run-folder.js";
import { controlOf } from "./control.js";
import { type Contact, contactOf } from "./field/contact.js";
import { readSnapshot } from "./field/read-snapshot.js";
import type { Snapshot } from "./field/snapshot.js";
import { chosenCycles } from "./figure/voltage-curves.js";
import type { Run } from "./measured-run.js";

/** What the sections of one report are written from. */
export interface Context {
  /** The run that the report is about. */
  readonly run: Run;
  readonly others: readonly Run[];
  readonly controls: Controls;
  /** Which control each of the others is; null for none. */
  readonly roles: readonly (ControlName | null)[];
  /** Why controls are not at hand. */
  readonly absent: ReturnType<typeof absentControls>;
  /** Ends of charge with fields, in order. */
  readonly moments: readonly Moment[];
  /** Titles of the two axes of maps. */
  readonly axes: readonly [string, string];
}

export interface Moment {
  readonly snapshot: Snapshot;
  readonly contact: Contact;
}

/** Another run of a report; one that was run as a control says which it is. */
export interface Beside {
  readonly run: Run;
  readonly role?: ControlName;
}

/** Reads the fields at up to `most` ends of charge, the first and the last among them. */
export function makeContext(run: Run, beside: readonly Beside[], most = 5): Context {
  const roles = beside.map((other) => other.role ?? controlOf(run, other.run));
  const ends = run.result.fields.filter(({ end }) => end === "charge");
  const moments: Moment[] = [];
  for (const entry of chosenEntries(ends, run, most)) {
    const snapshot = readSnapshot(entry, run.particles);
    moments.push({ snapshot, contact: contactOf(snapshot) });
  }
  const [across, up] = sections[run.result.scenario.geometry.kind].axes;
  return {
    run,
    others: beside.map((other) => other.run),
    controls: gathered(beside.map((other, k) => ({ name: roles[k], measured: other.run.measured }))),
    roles,
    absent: absentControls(run.result.summary?.controls ?? []),
    moments,
    axes: [`${across} (µm)`, `${up} (µm)`],
  };
}

function chosenEntries(ends: readonly FieldEntry[], run: Run, most: number): readonly FieldEntry[] {
  if (ends.length <= most) return ends;
  const wanted = chosenCycles(run, most);
  const nearest = wanted.map((cycle) =>
    ends.reduce((a, b) => (Math.abs(b.cycle! - cycle) < Math.abs(a.cycle! - cycle) ? b : a)),
  );
  return [...new Set([ends[0], ...nearest.slice(1, -1), ends[ends.length - 1]])];
}
