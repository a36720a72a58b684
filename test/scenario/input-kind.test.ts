import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { say } from "../cli/said.js";

const files = {
  run: ["scenarios/three-particles.yaml", "scenario"],
  sweep: ["scenarios/sweeps/coverage-ratio.yaml", "sweep"],
  fit: ["scenarios/fits/planted-potential.yaml", "fit"],
  vegard: ["scenarios/stacks/lfp-like.yaml", "stack"],
} as const;
const commands = Object.keys(files) as (keyof typeof files)[];
const pairs = commands.flatMap((given) => commands.filter((own) => own !== given).map((own) => [given, own] as const));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-kind-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a file of another command", () => {
  it.each(pairs)("given to %s is said to be for %s", async (given, own) => {
    const [file, kind] = files[own];
    const { status, err } = await say(given, file, "--out", join(folder, given));
    expect(status).toBe(2);
    const wanted = files[given][1];
    expect(err).toMatch(
      new RegExp(`found a ${kind} file; allowed: a ${wanted} file — for this one: synchrode ${own} ${file}$`),
    );
    expect(err.split("\n")).toHaveLength(1);
  });

  it("is said by check as well, for stacks that it does not take", async () => {
    const { status, err } = await say("check", files.vegard[0]);
    expect(status).toBe(2);
    expect(err).toContain("synchrode vegard scenarios/stacks/lfp-like.yaml");
  });
});
