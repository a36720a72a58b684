/** What only a process of its own shows: errors that no command waits for, broken streams, the second Ctrl-C. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { bundledProgram } from "../bundled-program.js";
import { smallNetwork } from "../scenario/small-network.js";
import { scratchFolder } from "../scratch-folder.js";
import { spoken } from "./process.js";
import { saidBy } from "./said.js";

const { folder, written } = scratchFolder();
const { module: program } = await bundledProgram("src/cli/main.ts");

describe("an error that no command waits for", () => {
  const scenario = written("small.yaml", smallNetwork.replace("repeat: 3", "repeat: 1"));
  const run = (out: string) => ["run", scenario, "--no-report", "--out", out];
  /** Loaded before the program: does something wrong when the run has a checkpoint. */
  const stray = (name: string, wrong: string) =>
    written(
      `${name}.mjs`,
      `import { createReadStream, existsSync } from "node:fs";
       const due = setInterval(() => {
         if (!existsSync(${JSON.stringify(join(folder, name, "checkpoint.bin"))})) return;
         clearInterval(due);
         ${wrong}
       }, 1);`,
    );

  it.each([
    ["timer", `throw new TypeError("a stray timer");`, "a stray timer"],
    ["promise", `void Promise.reject(new Error("a promise left alone"));`, "a promise left alone"],
    ["stream", `createReadStream("absent");`, "Using absent: found no such file or folder (ENOENT)"],
  ])("of a %s ends a run with one line and status 1, and what was computed is kept", async (name, wrong, words) => {
    const out = join(folder, name);
    const broken = spoken(process.execPath, ["--import", stray(name, wrong), program, ...run(out)]);
    expect(await broken.ended).toBe(1);
    const lines = broken.err().trimEnd().split("\n");
    expect(lines.filter((line) => line.includes("found an error that stops it"))).toEqual([
      expect.stringContaining(words),
    ]);
    expect(lines.at(-1)).toContain("What was written until now is kept");
    expect(broken.err()).not.toMatch(/^\s+at |Node\.js v|node:/m);
    expect(readFileSync(join(out, "timeseries.csv"), "utf8").split("\n").length).toBeGreaterThan(5);
    expect(readdirSync(out).filter((entry) => entry.endsWith(".lock"))).toEqual([]);
  });

  it("leaves a run that goes on", async () => {
    const resumed = await saidBy([...run(join(folder, "timer")), "--resume"]);
    expect(resumed).toMatchObject({ status: 0, err: expect.stringMatching(/^Going on from cycle \d/m) });
  });
});

describe("standard output", () => {
  /** The program in a shell that says its status last. */
  const inShell = async (words: string, into: string) => {
    const shell = spoken("sh", ["-c", `{ '${process.execPath}' '${program}' ${words}; echo $? >&2; } ${into}`]);
    await shell.ended;
    return shell.err();
  };

  it("may be closed by its reader: not a word, and the status of the command", async () => {
    const first = join(folder, "first");
    // More than a pipe holds, so that the reader is gone when the rest is written.
    expect(await inShell("schema", `| head -1 >'${first}'`)).toBe("0\n");
    expect(readFileSync(first, "utf8")).toBe("{\n");
  });

  it.skipIf(!existsSync("/dev/full"))("on a full disk is told once, with status 1 (needs /dev/full)", async () => {
    const said = await inShell("check scenarios/network-100.yaml", ">/dev/full");
    expect(said).toMatch(/^Writing to standard output: found no space left on the device \(ENOSPC\); .*\.\n1\n$/);
  });
});

describe("the second signal", async () => {
  const stuck = await bundledProgram("test/cli/stuck-main.ts");

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends a step that does not look up", async (signal) => {
    const { child, err, ended } = spoken(process.execPath, [stuck.module]);
    const heard = async (words: string) => {
      while (!err().includes(words)) await pause(10);
    };
    await heard("working");
    child.kill(signal);
    await heard("in a long step");
    expect(err()).toContain("once more to stop at once");
    child.kill(signal);
    expect(await ended).toBe(signal);
  });
});
