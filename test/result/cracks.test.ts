import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readCycleStates } from "../../src/result/cycle-states.js";
import { readSteps } from "../../src/result/read-steps.js";
import { readSummary } from "../../src/result/summary.js";
import { disk } from "../../src/scenario/disk.js";
import { readText } from "../../src/scenario/document.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { say } from "../cli/said.js";
import { smallNetwork } from "../scenario/small-network.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder, written } = scratchFolder();
const cracks = "cracks: { exponent: 1, threshold: 0, strength: { scale: 200 MPa, modulus: 3 }, effect: { area: 5 } }\n";
const scenario = (repeat: number) => smallNetwork.replace("repeat: 3", `repeat: ${repeat}`) + cracks;
const run = async (text: string, out: string, ...more: string[]) => {
  const said = await say("run", written("cracked.yaml", text), "--out", join(folder, out), ...more);
  expect(said.status).toBe(0);
  return join(folder, out);
};

it("of cracks are recorded by particle, at the end, in each cycle's state, summed up and drawn", async () => {
  const results = await run(scenario(2), "whole");
  const steps = readSteps(results, 12);
  const last = [...(steps.values.crackShare?.slice(-12) ?? [])];
  expect(last.every((share) => share > 0 && share < 0.2)).toBe(true);
  const table = readParticleTable(readText(disk, join(results, "particles.csv"), 1e6));
  expect([...columnOf(table, "Crack share")]).toEqual(last);
  const [first, second] = readCycleStates(results, [1, 2]).map((state) => [...columnOf(state.table, "Crack share")]);
  expect(second.every((share, k) => share > first[k] && share <= last[k])).toBe(true);
  const mean = last.reduce((sum, share) => sum + share, 0) / 12;
  const { cracks: found } = readSummary(results);
  expect(found?.largestShare).toBe(Math.max(...last));
  expect(Math.abs((found?.meanShare ?? 0) / mean - 1)).toBeLessThan(1e-14);
  const report = readFileSync(join(results, "report.html"), "utf8");
  for (const words of ["figure-crack-share", "Cracks inside particles"])
    expect([words, report.includes(words)]).toEqual([words, true]);
}, 60_000);

it("of a run that is extended by resuming are those of the whole run in every bit", async () => {
  const whole = await run(scenario(2), "two", "--no-report");
  const parts = await run(scenario(1), "parts", "--no-report");
  await run(scenario(2), "parts", "--no-report", "--resume");
  for (const name of ["timeseries.csv", "particle_timeseries.csv", "particles.csv"])
    expect(readFileSync(join(parts, name), "utf8")).toBe(readFileSync(join(whole, name), "utf8"));
}, 60_000);

it("without cracks say nothing of them", async () => {
  const results = await run(smallNetwork.replace("repeat: 3", "repeat: 1"), "sound");
  for (const name of ["particle_timeseries.csv", "particles.csv", "summary.json", "manifest.json"])
    expect(/crack (s|i)|crackShare|"cracks"/i.test(readFileSync(join(results, name), "utf8"))).toBe(false);
  expect(readFileSync(join(results, "report.html"), "utf8").includes("figure-crack-share")).toBe(false);
  expect(readSteps(results, 12).values.crackShare).toBeUndefined();
}, 60_000);
