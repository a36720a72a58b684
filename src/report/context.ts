import { sections } from "../fem/coordinates/coordinates.js";
import type { Controls } from "../inference/controls.js";
import type { FieldEntry } from "../result/run-folder.js";
import { recogniseControls } from "./control.js";
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
  /** Ends of charge with fields, in order. */
  readonly moments: readonly Moment[];
  /** Titles of the two axes of maps. */
  readonly axes: readonly [string, string];
}

export interface Moment {
  readonly snapshot: Snapshot;
  readonly contact: Contact;
}

/** Reads the fields at up to `most` ends of charge, the first and the last among them. */
export function makeContext(run: Run, others: readonly Run[], most = 5): Context {
  const ends = run.result.fields.filter(({ end }) => end === "charge");
  const moments: Moment[] = [];
  for (const entry of chosenEntries(ends, run, most)) {
    const snapshot = readSnapshot(entry, run.particles);
    moments.push({ snapshot, contact: contactOf(snapshot) });
  }
  const [across, up] = sections[run.result.scenario.geometry.kind].axes;
  return {
    run,
    others,
    controls: recogniseControls(run, others),
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
