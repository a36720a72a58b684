import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Collaborators } from "../../src/cli/collaborators.js";
import { writeVtu } from "../../src/fem/mesh/vtu.js";
import { claimFolder } from "../../src/folder/claim-folder.js";
import { folderKinds } from "../../src/folder/folder-kind.js";
import { killedAt, refusal, withFaults } from "../folder/faulty-files.js";
import { fakeSimulation } from "../scenario/fake-simulation.js";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";
import { saidBy } from "./said.js";

const { folder, written } = scratchFolder();
const repeated = (times: number) => right.replace("repeat: 2", `repeat: ${times}`);
const scenario = written("two.yaml", repeated(2));

const work: Collaborators = {
  start: (own, from) => fakeSimulation(own, from, { each: 2 }),
  encodeFields: writeVtu,
  buildReport: async (_folders, out) => writeFileSync(out, "<html></html>"),
};

const run = (name: string, ...words: string[]) =>
  saidBy(["run", scenario, "--no-report", "--out", join(folder, name), ...words], work);

/** All that a run computes, without what tells how long it took. */
function bits(name: string): Record<string, string> {
  const own = join(folder, name);
  const { seconds: _, ...summary } = JSON.parse(readFileSync(join(own, "summary.json"), "utf8"));
  const files = ["timeseries.csv", "particle_timeseries.csv", "particles.csv", "checkpoint.bin"];
  const fields = readdirSync(join(own, "fields")).map((file) => `fields/${file}`);
  const texts = [...files, ...fields].map((file) => [file, readFileSync(join(own, file)).toString("base64")] as const);
  return { summary: JSON.stringify(summary), ...Object.fromEntries(texts) };
}

/** Nothing private is left but what a killed process could not take away. */
const shown = (name: string) => readdirSync(join(folder, name)).filter((entry) => !entry.startsWith(".synchrode-"));

beforeAll(() => run("whole"));

/** The case `kills` of the validation takes every call; these are some. */
describe("a run that is killed before a call that changes the disk", () => {
  it("goes on to the same bits, from an empty folder", async () => {
    const whole = bits("whole");
    let k = 1;
    for (; ; k += 9) {
      rmSync(join(folder, "a"), { recursive: true, force: true });
      const { ended } = await killedAt(k, () => run("a"));
      expect(await run("a", "--resume"), `killed before call ${k}`).toMatchObject({ status: 0 });
      expect(bits("a"), `killed before call ${k}`).toEqual(whole);
      expect(readdirSync(join(folder, "a")).filter((name) => name.startsWith(".synchrode-"))).toEqual([]);
      if (ended) break;
    }
    expect(k).toBeGreaterThan(60);
  });

  it("goes on, or is run again, over the results of another scenario, which are whole until it begins", async () => {
    writeFileSync(scenario, repeated(2).replace("0.2 ohm", "0.3 ohm"));
    await run("other");
    const other = bits("other");
    const text = readFileSync(scenario, "utf8");
    for (let k = 1; ; k += 11) {
      writeFileSync(scenario, text);
      rmSync(join(folder, "b"), { recursive: true, force: true });
      await run("b");
      writeFileSync(scenario, repeated(2));
      const { ended } = await killedAt(k, () => run("b"));
      const manifest = JSON.parse(readFileSync(join(folder, "b", "manifest.json"), "utf8"));
      if (manifest.scenario.feedback.resistance === 0.3) expect(bits("b")).toEqual(other);
      const resumed = await run("b", "--resume");
      if (resumed.status === 2) expect(resumed.err).toContain("feedback.resistance: was 0.3 → is 0.2");
      const done = resumed.status === 2 ? await run("b") : resumed;
      expect(done.status, `killed before call ${k}: ${done.err}`).toBe(0);
      expect(bits("b"), `killed before call ${k}`).toEqual(bits("whole"));
      if (ended) return expect(k).toBeGreaterThan(60);
    }
  });
});

describe("a run on a disk that fails", () => {
  it.each(["ENOSPC", "EIO", "EMFILE"])(
    "says so with path and remedy for %s at any call, and goes on afterwards",
    async (code) => {
      const whole = bits("whole");
      for (let k = 5; ; k += 23) {
        rmSync(join(folder, "c"), { recursive: true, force: true });
        let calls = 0;
        const said = await withFaults(
          (call) => {
            calls += 1;
            if (calls >= k && call !== "unlinkSync" && call !== "rmdirSync") throw refusal(code, "write");
          },
          () => run("c"),
        );
        if (calls < k) return expect(k).toBeGreaterThan(60);
        expect(said.status, said.err).toBe(1);
        expect(said.err).toContain(join(folder, "c"));
        expect(said.err).toMatch(new RegExp(`\\(${code}\\); .*(free some space|see to the disk|raise the limit)`));
        expect(said.err).not.toMatch(/^\s+at /m);
        if (existsSync(join(folder, "c")))
          expect(readdirSync(join(folder, "c")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
        expect(await run("c", "--resume")).toMatchObject({ status: 0 });
        expect(bits("c")).toEqual(whole);
      }
    },
  );
});

describe("a checkpoint", () => {
  /** Changes the header, the numbers or the arrays of a checkpoint, and signs it again. */
  function forged(name: string, change: (header: Record<string, unknown>) => number): void {
    const path = join(folder, name, "checkpoint.bin");
    const bytes = readFileSync(path);
    const start = bytes.indexOf("\n") + 1;
    const end = start + 4 + bytes.readUInt32LE(start);
    const header = JSON.parse(bytes.toString("utf8", start + 4, end));
    const lost = change(header);
    const text = Buffer.from(JSON.stringify(header));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(text.length);
    const body = Buffer.concat([
      bytes.subarray(0, start),
      size,
      text,
      bytes.subarray(end, bytes.length - 32 - 8 * lost),
    ]);
    writeFileSync(path, Buffer.concat([body, createHash("sha256").update(body).digest()]));
  }
  type Arrays = { name: string; length: number }[];

  it.each([
    ["a missing array", (h: Record<string, unknown>) => (h.arrays as Arrays).pop()?.length ?? 0, "other numbers"],
    ["fewer numbers than it says", () => 1, "numbers of"],
    [
      "no kept lengths",
      (h: Record<string, unknown>) => {
        h.kept = {};
        return 0;
      },
      "timeseries.csv",
    ],
    [
      "no fields",
      (h: Record<string, unknown>) => {
        delete h.fields;
        return 0;
      },
      "fields",
    ],
    [
      "another version of the program",
      (h: Record<string, unknown>) => {
        h.version = "0.0.0";
        return 0;
      },
      "0.0.0",
    ],
  ])("with %s is refused with what to do, though its hash is right", async (what, change, told) => {
    await run(what);
    forged(what, change);
    const { status, err } = await run(what, "--resume");
    expect(status, err).toBe(2);
    expect(err).toContain(told);
    expect(err).toMatch(/without --resume|leave out --resume/);
  });

  it("of another format is refused by its number", async () => {
    await run("d");
    const path = join(folder, "d", "checkpoint.bin");
    writeFileSync(path, readFileSync(path, "latin1").replace("CHECKPOINT 2", "CHECKPOINT 1"), "latin1");
    expect(await run("d", "--resume")).toMatchObject({ status: 2, err: expect.stringContaining("format 1") });
  });

  it.each(["timeseries.csv", "particle_timeseries.csv", "fields"])(
    "is refused beside a changed digit in %s",
    async (name) => {
      await run(`digit-${name}`);
      const own = join(folder, `digit-${name}`);
      const path =
        name === "fields"
          ? join(own, "fields", readdirSync(join(own, "fields")).find((f) => f.endsWith(".vtu")) ?? "")
          : join(own, name);
      const text = readFileSync(path, "utf8");
      const at = text.search(/\d(?=\D*$)/);
      writeFileSync(path, `${text.slice(0, at)}${(Number(text[at]) + 1) % 10}${text.slice(at + 1)}`);
      const { status, err } = await run(`digit-${name}`, "--resume");
      expect(status).toBe(2);
      expect(err).toContain("changed since the checkpoint");
    },
  );
});

describe("a run that is resumed with more repetitions", () => {
  it.each([0, 3])(
    "ends in the same bits as one that was to have them from the start, %i steps before its end",
    async () => {
      writeFileSync(scenario, repeated(4).replace("outputs:", "outputs:"));
      await run("long");
      writeFileSync(scenario, repeated(2));
      await run("short");
      writeFileSync(scenario, repeated(4));
      const { status, err } = await run("short", "--resume");
      expect(status, err).toBe(0);
      expect(err).toContain("repeated 4 instead of 2 times");
      const [long, short] = [bits("long"), bits("short")];
      for (const [file, text] of Object.entries(long))
        if (file !== "checkpoint.bin" && file !== "fields/fields.pvd") expect(short[file], file).toBe(text);
      writeFileSync(scenario, repeated(2));
    },
  );

  it("says what else has changed, and what about the number of repetitions", async () => {
    await run("e");
    writeFileSync(scenario, repeated(3).replace("0.2 ohm", "0.3 ohm"));
    const changed = await run("e", "--resume");
    expect(changed.status).toBe(2);
    expect(changed.err).toContain("feedback.resistance: was 0.2 → is 0.3");
    expect(changed.err).toContain("protocol.repeat: was 2 → is 3");
    writeFileSync(scenario, repeated(1));
    expect(await run("e", "--resume")).toMatchObject({
      status: 2,
      err: expect.stringContaining("protocol.repeat: was 2 → is 1"),
    });
    writeFileSync(scenario, repeated(2));
  });
});

describe("two runs into one folder", () => {
  it("the second is refused with the number of the first, and what to do", async () => {
    const claim = claimFolder(join(folder, "busy"), folderKinds.run);
    const { status, err } = await run("busy");
    claim.release();
    expect(status).toBe(2);
    expect(err).toContain(`process ${process.pid}`);
    expect(err).toContain("wait until it has ended, or give another --out");
  });

  it("a file of the user's in a results folder stays", async () => {
    await run("f");
    mkdirSync(join(folder, "f", "fields", "mine"));
    appendFileSync(join(folder, "f", "notes.txt"), "mine");
    await run("f");
    expect(shown("f")).toContain("notes.txt");
    expect(existsSync(join(folder, "f", "fields", "mine"))).toBe(true);
  });
});
