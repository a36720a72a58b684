import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadScenario } from "../../src/scenario/load.js";
import { say } from "../cli/said.js";
import { right } from "./malformed.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-protocol-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(protocol: string): string {
  const path = join(folder, "scenario.yaml");
  writeFileSync(path, `${right.slice(0, right.indexOf("protocol:"))}protocol: ${protocol}\n`);
  return path;
}

const tau = (protocol: string) => loadScenario(file(protocol)).protocol.tau;
const step = (verb: string, rate: string) => `{ ${verb}: { rate: ${rate}, until: { throughput: 0.1 } } }`;

describe("the clock", () => {
  it("is that of the fastest charge, whatever comes first", () => {
    const [formation, fast] = [step("charge", "C/10"), step("charge", "5C")];
    const [slow, faster] = [step("discharge", "C/2"), step("discharge", "10C")];
    for (const steps of [
      [formation, slow, fast, faster],
      [fast, faster, formation],
    ])
      expect(tau(`{ steps: [${steps.join(", ")}] }`)).toBe(720);
  });

  it("is that of the fastest discharge when nothing is charged", () => {
    expect(tau(`{ steps: [${step("discharge", "C/10")}, ${step("discharge", "2C")}] }`)).toBe(1800);
  });

  it("is the one of the file when it gives one, and check says it", async () => {
    const path = file(`{ tau: 12 min, steps: [${step("charge", "2C")}] }`);
    expect(loadScenario(path).protocol.tau).toBe(720);
    expect(await say("check", path)).toMatchObject({ status: 0, out: expect.stringContaining("τ 720 s") });
  });
});
