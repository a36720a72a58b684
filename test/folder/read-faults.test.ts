import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimFolder } from "../../src/folder/claim-folder.js";
import { folderKinds } from "../../src/folder/folder-kind.js";
import { jsonObjectIn } from "../../src/folder/json-file.js";
import { MachineFailure } from "../../src/folder/machine-failure.js";
import { fileBytesIfThere, namesIn } from "../../src/folder/read-file.js";
import { headOf, withFile } from "../../src/imaging/volume/file.js";
import { readSnapshot } from "../../src/report/field/read-snapshot.js";
import { columnNames } from "../../src/result/column.js";
import { readParticleFolder } from "../../src/result/particle-folder.js";
import { particleTimeseries } from "../../src/result/particle-timeseries.js";
import { readSteps } from "../../src/result/read-steps.js";
import { timeseries } from "../../src/result/timeseries.js";
import { disk } from "../../src/scenario/disk.js";
import { inputFile } from "../../src/scenario/input-file.js";
import { drawnLines } from "../../src/table/drawn-lines.js";
import { readNumberColumns } from "../../src/table/number-columns.js";
import { inject } from "../../validation/lost/fault.js";
import { saidBy } from "../cli/said.js";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder, written } = scratchFolder();
const table = written("table.csv", "a,b\n1,2\n3,4\n");
const record = written("record.json", '{"a": 1}\n');
const scenario = written("two.yaml", right);
written("timeseries.csv", `${columnNames(timeseries).join()}\n`);
written("particle_timeseries.csv", `${columnNames(particleTimeseries).join()}\n`);
const fields = written("fields.vtu", "no fields");
const measured = join(folder, "measured");
written("measured/summary.json", "{}");
written("measured/particles.csv", "Particle\n1\n");
written("measured/slices/0000.png", "");

const readers: Readonly<Record<string, readonly [path: string, read: () => unknown]>> = {
  "an input file": [table, () => disk.bytes(table, 1000, "a table")],
  "the hash of an input": [table, () => inputFile(table)],
  "columns of a table": [table, () => readNumberColumns(table, ["a"])],
  "lines of a table": [table, () => drawnLines(table, 1)],
  "a record": [record, () => jsonObjectIn(record)],
  "bytes that may be absent": [record, () => fileBytesIfThere(record)],
  "a folder": [folder, () => namesIn(folder)],
  "the head of a picture": [table, () => headOf(table)],
  "a picture": [table, () => withFile(table, (file) => file.bytes(0, file.size))],
  "the steps of a run": [folder, () => readSteps(folder, 1)],
  "fields of a run": [fields, () => readSnapshot({ path: fields, time: 0, cycle: null, end: null }, 1)],
  "measured particles": [measured, () => readParticleFolder(measured)],
};

describe("what cannot be read at present", () => {
  it.each(Object.keys(readers).flatMap((what) => [[what, "EIO"] as const, [what, "EMFILE"] as const]))(
    "%s: the message for %s has the path and what to do",
    async (what, kind) => {
      const [path, read] = readers[what] as (typeof readers)[string];
      let [k, met] = [1, false];
      do {
        const injected = inject({ kind, at: k, folder });
        const failure = await Promise.resolve()
          .then(read)
          .then(
            () => undefined,
            (error: Error) => error,
          );
        injected.end();
        met = injected.met() !== undefined;
        if (met) {
          expect(failure, injected.met()).toBeInstanceOf(MachineFailure);
          expect(failure?.message).toContain(path);
          expect(failure?.message).toMatch(new RegExp(`: found .*\\(${kind}\\); (see to the disk|raise the limit)`));
          k += 1;
        }
      } while (met);
      expect(k).toBeGreaterThan(1);
    },
  );

  it("of a command's inputs ends it with status 1, not as bad input", async () => {
    for (const at of [1, 2]) {
      const injected = inject({ kind: "EIO", at, folder });
      const { status, err } = await saidBy(["check", scenario]);
      injected.end();
      expect(status, err).toBe(1);
      expect(err).toMatch(/^Reading .*two\.yaml: found the disk failing to read or write \(EIO\); see to the disk/);
    }
  });
});

describe("a claim on a disk that fails", () => {
  it("is given back when the folder cannot be read", () => {
    const path = join(folder, "claimed");
    const claim = claimFolder(path, folderKinds.run);
    const injected = inject({ kind: "EMFILE", at: 1, folder: path });
    claim.release();
    injected.end();
    expect(injected.met()).toBe(`readdirSync ${path}`);
    expect(readdirSync(path).filter((name) => /\.(lock|held)$/.test(name))).toEqual([]);
  });

  it.each(["EIO", "EMFILE", "ENOSPC"] as const)("leaves nothing for %s at any call, and says where", (kind) => {
    let k = 1;
    for (; ; k += 1) {
      const path = join(folder, `anew-${kind}-${k}`);
      const injected = inject({ kind, at: k, folder: path });
      let failure: unknown;
      try {
        claimFolder(path, folderKinds.segment).release();
      } catch (error) {
        failure = error;
      }
      injected.end();
      if (injected.met() === undefined) break;
      if (failure !== undefined) {
        expect(failure).toBeInstanceOf(MachineFailure);
        expect((failure as MachineFailure).message).toContain(path);
      }
      const left = existsSync(path) ? readdirSync(path).filter((name) => !name.endsWith(".json")) : [];
      expect(left, `${kind} at ${injected.met()}`).toEqual([]);
      if (failure !== undefined) expect(readdirSync(dirname(path))).not.toContain(basename(path));
    }
    expect(k).toBeGreaterThan(4);
  });
});
