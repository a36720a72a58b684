import { existsSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collaborators } from "../../src/cli/collaborators.js";
import { programOf } from "../../src/cli/program.js";
import { scratchFolder } from "../scratch-folder.js";
import { examplesOf, wordsOf } from "./help-examples.js";
import { listening, say } from "./said.js";

const { folder } = scratchFolder();
const commands = programOf(listening().terminal, collaborators)
  .commands.map((command) => command.name())
  .filter((name) => name !== "sweep-worker");

/** What a line names once its command has taken it: files to read, and where it writes. */
interface Named {
  readonly read: readonly string[];
  readonly written: string | undefined;
}

/** Hands a line to its command, which does nothing but say what it was given. @throws CommanderError for what it does not take */
async function given(line: string): Promise<Named> {
  const { words, led } = wordsOf(line);
  const program = programOf(listening().terminal, collaborators);
  let named: Named = { read: [], written: led };
  for (const command of program.commands) {
    command.action((...told: unknown[]) => {
      const taken = told.at(-1) as Command;
      const { out, ...options } = taken.opts<Record<string, unknown>>();
      const values = [...taken.args, ...Object.values(options)].filter((value) => typeof value === "string");
      named = { read: values.filter(isPath), written: typeof out === "string" ? out : led };
    });
  }
  await program.parseAsync([...words], { from: "user" });
  return named;
}

const isPath = (value: string) => value.includes("/") || /\.[a-z]+$/.test(value);

/** A file of the project, what an earlier line has made, or results where `synchrode run` puts those of a scenario. */
function isThere(path: string, made: readonly string[]): boolean {
  const [, own] = /^results\/(.*)$/.exec(path) ?? [];
  if (own !== undefined) return existsSync(`scenarios/${own}.yaml`);
  return existsSync(path) || made.some((each) => path === each || path.startsWith(`${each}/`));
}

describe("the examples that --help shows", () => {
  it("begin with an example of the program", async () => {
    expect(await examplesOf()).toEqual([expect.stringMatching(/^synchrode run /)]);
  });

  it.each(commands)("of %s are of that command, which takes them, and name files that are there", async (command) => {
    const lines = await examplesOf(command);
    expect(lines.filter((line) => line.startsWith(`synchrode ${command}`))).not.toEqual([]);
    expect((await say(command, "--help")).out).toContain("--json");
    const made: string[] = [];
    for (const line of lines) {
      const { read, written } = await given(line);
      expect([line, read.filter((path) => !isThere(path, made))]).toEqual([line, []]);
      if (written !== undefined) made.push(written);
    }
  });

  it("of the whole program are among them", async () => {
    for (const line of await examplesOf())
      expect((await given(line)).read.map((path) => isThere(path, []))).toEqual([true]);
  });
});

/** Those of phantom, segment, measure and network are run by phantom.test.ts; the others take longer. */
describe("the examples of quick commands", () => {
  const home = process.cwd();
  beforeAll(() => {
    symlinkSync(resolve("scenarios"), join(folder, "scenarios"));
    process.chdir(folder);
  });
  afterAll(() => process.chdir(home));

  it.each(["check", "mesh", "schema", "validate"])("of %s work as printed", async (command) => {
    for (const line of await examplesOf(command)) {
      const { status, out, err } = await say(...wordsOf(line).words);
      expect([line, status, err]).toEqual([line, 0, ""]);
      expect(out).not.toBe("");
    }
  });
});
