import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { synchrode } from "../../src/cli/program.js";
import { tellingUntil } from "../../src/cli/stoppable.js";
import { Stopped } from "../../src/imaging/steps/steps.js";
import { scratchFolder } from "../scratch-folder.js";
import { listening } from "./said.js";

const { folder, written } = scratchFolder();
const tables = ["early", "late"].map((name, t) => {
  const rows = Array.from({ length: 60 }, (_, k) => {
    const [x, y, r] = [k % 8, (k * 5) % 11, 4 + ((k * 7) % 13) / 10];
    return `${k + 1},${x},${y},${k % 5},${r},${(0.05 * (t + 1) * (1 + ((k * 3) % 7))) / 7}`;
  });
  return written(`${name}.csv`, ["Particle,x [um],y [um],z [um],Particle radius [um],Damage", ...rows].join("\n"));
});
const stack = written(
  "stack.yaml",
  readFileSync("scenarios/stacks/lfp-like.yaml", "utf8").replace(/pixels: \d+/, "pixels: 24"),
);

/** Ctrl-C when the first message of the work has been told. */
async function stopped(words: string[]) {
  const { err, out, terminal } = listening();
  let told = false;
  const status = await synchrode(words, {
    ...terminal,
    err: (text) => {
      terminal.err(text);
      if (!told) setImmediate(() => process.emit("SIGINT"));
      told = true;
    },
  });
  return { status, err: err.join("\n"), out: out.join("\n") };
}

describe("Ctrl-C", () => {
  it.each([
    ["compare", ["compare", ...tables]],
    ["learn", ["learn", ...tables, "--runs", "2", "--latent", "0", "--jobs", "1"]],
    ["vegard", ["vegard", stack]],
  ])("ends %s after its present step, with words, and nothing half written", async (name, words) => {
    const out = join(folder, name);
    const { status, err } = await stopped([...words, "--out", out]);
    expect(status).toBe(1);
    expect(err).toMatch(/Stopped while at: .*\. Nothing was written: run the same command again\.$/);
    expect(existsSync(out)).toBe(false);
  });

  it("leaves the results of an earlier time as they were", async () => {
    const out = join(folder, "earlier");
    mkdirSync(out);
    writeFileSync(join(out, "compare.json"), '{"tests":[]}');
    expect((await stopped(["compare", ...tables, "--out", out])).status).toBe(1);
    expect(readFileSync(join(out, "compare.json"), "utf8")).toBe('{"tests":[]}');
  });

  it("ends training and other work that tells how far it is", () => {
    const [told, controller]: [string[], AbortController] = [[], new AbortController()];
    const tell = tellingUntil(controller.signal, (message) => told.push(message));
    tell("one");
    controller.abort();
    expect(() => tell("two")).toThrow(Stopped);
    expect(told).toEqual(["one"]);
  });
});
