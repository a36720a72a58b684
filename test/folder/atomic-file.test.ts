import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { writeAtomically } from "../../src/folder/atomic-file.js";
import { isPassing, MachineFailure } from "../../src/folder/machine-failure.js";
import { scratchFolder } from "../scratch-folder.js";
import { killedAt, refusal, withFaults } from "./faulty-files.js";

const { folder } = scratchFolder();
let own = "";
let count = 0;
beforeEach(() => {
  own = join(folder, String(count++));
  mkdirSync(own);
});

describe("writeAtomically", () => {
  it("brings content to the disk before it gives the name, and the name after", async () => {
    const calls: string[] = [];
    await withFaults(
      (call) => calls.push(call),
      () => writeAtomically(join(own, "a.txt"), "new"),
    );
    expect(calls).toEqual(["openSync", "writeSync", "fsyncSync", "renameSync", "fsyncSync"]);
    expect(readFileSync(join(own, "a.txt"), "utf8")).toBe("new");
  });

  it("leaves the old file or the new one, wherever the process is killed", async () => {
    const path = join(own, "a.txt");
    for (let k = 1; ; k++) {
      writeFileSync(path, "old");
      const { ended } = await killedAt(k, () => writeAtomically(path, "new"));
      expect(["old", "new"]).toContain(readFileSync(path, "utf8"));
      if (ended) return expect(k).toBe(6);
    }
  });

  it.each([
    ["ENOSPC", "writeSync", "free some space"],
    ["EIO", "fsyncSync", "see to the disk"],
    ["EMFILE", "openSync", "ulimit"],
    ["EACCES", "openSync", "that you may write to"],
    ["EROFS", "openSync", "that you may write to"],
    ["ENOSPC", "renameSync", "free some space"],
  ])("says the path and what to do for %s of %s, and leaves nothing behind", async (code, call, remedy) => {
    const path = join(own, "a.txt");
    writeFileSync(path, "old");
    const broken = withFaults(
      (name) => {
        if (name === call) throw refusal(code, "write");
      },
      () => writeAtomically(path, "new"),
    );
    const error = await broken.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(MachineFailure);
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).toContain(remedy);
    expect(isPassing(error)).toBe(code !== "EACCES");
    expect(readdirSync(own)).toEqual(["a.txt"]);
    expect(readFileSync(path, "utf8")).toBe("old");
  });

  it("never writes through a link that somebody has laid", () => {
    const victim = join(own, "victim.txt");
    writeFileSync(victim, "theirs");
    symlinkSync(victim, join(own, "a.txt.tmp"));
    symlinkSync(victim, join(own, "a.txt"));
    writeAtomically(join(own, "a.txt"), "new");
    expect(readFileSync(victim, "utf8")).toBe("theirs");
    expect(readFileSync(join(own, "a.txt"), "utf8")).toBe("new");
  });
});
