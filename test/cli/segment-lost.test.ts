import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { inject } from "../../validation/lost/fault.js";
import { killedAt } from "../folder/faulty-files.js";
import { scratchFolder } from "../scratch-folder.js";
import { saidBy } from "./said.js";

const { folder } = scratchFolder();
const volume = join(folder, "phases.tif");
const balls = [8, 20].map((x) => ({ centre: [x, 8, 8], radius: 6.5 }) as const);
writeTiff(volume, phantom({ balls, cracks: [], hollows: [], caps: [] }, [16, 16, 28], [1, 1, 1]).phases);

const segment = (name: string, ...words: string[]) =>
  saidBy(["segment", volume, "--backend", "cpu", "--out", join(folder, name), ...words]);
const bits = (name: string) =>
  ["labels.tif", "particles.csv", "contacts.csv", "summary.json"].map((file) =>
    readFileSync(join(folder, name, file)).toString("base64"),
  );
const unfinished = (name: string) =>
  existsSync(join(folder, name)) ? readdirSync(join(folder, name)).filter((each) => each.endsWith(".tmp")) : [];

beforeAll(() => segment("whole"));

/** The cases `kills` and `disk-faults` of the validation take every call; these are some. */
describe("a segmentation that is killed before a call that changes the disk", () => {
  it("ends in the same bits when it is run again, and leaves the user's files", async () => {
    const before = readFileSync(volume);
    let k = 3;
    for (; ; k += 41) {
      const { ended } = await killedAt(k, () => segment("a"));
      if (existsSync(join(folder, "a", "labels.tif"))) writeFileSync(join(folder, "a", "notes.txt"), "mine");
      const again = await segment("a");
      expect(again.status, `killed before call ${k}: ${again.err}`).toBe(0);
      expect(bits("a"), `killed before call ${k}`).toEqual(bits("whole"));
      expect(unfinished("a")).toEqual([]);
      if (ended) break;
    }
    expect(k).toBeGreaterThan(80);
    expect(readFileSync(join(folder, "a", "notes.txt"), "utf8")).toBe("mine");
    expect(readFileSync(volume)).toEqual(before);
  });
});

describe("a segmentation on a disk that fails", () => {
  it.each([
    ["ENOSPC", 1, []],
    ["ENOSPC", 70, []],
    ["EIO", 30, []],
    ["EMFILE", 12, []],
    ["ENOSPC", 20, ["--chunk", "8"]],
    ["EIO", 60, ["--chunk", "8"]],
  ] as const)("says so with path and remedy for %s at call %i %j, and goes on afterwards", async (kind, at, words) => {
    rmSync(join(folder, "b"), { recursive: true, force: true });
    const injected = inject({ kind, at, folder: join(folder, "b") });
    const { status, err } = await segment("b", ...words);
    injected.end();
    expect(status, err).toBe(1);
    expect(err).toContain(join(folder, "b"));
    expect(err).toMatch(new RegExp(`\\(${kind}\\); .*(free some space|see to the disk|raise the limit)`));
    expect(err).not.toMatch(/^\s+at /m);
    expect(unfinished("b")).toEqual([]);
    expect(await segment("b", ...words)).toMatchObject({ status: 0 });
    expect(bits("b")).toEqual(bits("whole"));
  });
});
