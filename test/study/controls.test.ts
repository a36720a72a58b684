import { describe, expect, it } from "vitest";
import { readLayered } from "../../src/scenario/base.js";
import { disk } from "../../src/scenario/disk.js";
import { loadScenario } from "../../src/scenario/load.js";
import { resolveLayered } from "../../src/scenario/read.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { planControls } from "../../src/study/controls/plan.js";
import { placedSetting, withSettings } from "../../src/study/sweep/setting.js";
import { say } from "../cli/said.js";
import { right } from "../scenario/malformed.js";
import { scratchFolder } from "../scratch-folder.js";

const { written } = scratchFolder();
let count = 0;

/** The controls of a scenario file, resolved as its workers would. */
function controlsOf(text: string, permutations = 1) {
  const file = written(`scenario-${++count}.yaml`, text);
  const own = loadScenario(file);
  const plan = planControls(file, own, permutations);
  const resolved = (settings: (typeof plan.runs)[number]["job"]["settings"]): Scenario =>
    resolveLayered(disk, withSettings(readLayered(disk, file), settings.map(placedSetting)), file).scenario;
  const runs = plan.runs.map(({ name, job }) => ({ name, place: job.place, scenario: resolved(job.settings) }));
  return { own, runs, absent: Object.fromEntries(plan.absent.map(({ name, reason }) => [name, reason])) };
}

const columns = (number: number, fractions: string) =>
  right.replace("columns: 2", `columns: ${number}`).replace("[0.9, 0.1]", fractions);

/** Keys in which a control differs, the title and what is kept of it left out. */
function differing(a: Scenario, b: Scenario): string[] {
  const keys = Object.keys(a) as (keyof Scenario)[];
  return keys.filter((key) => !["title", "outputs"].includes(key) && JSON.stringify(a[key]) !== JSON.stringify(b[key]));
}

describe("synchrode check --with-controls", () => {
  it("says what the controls would cost, and which there are none of", async () => {
    const file = written("checked.yaml", columns(1, "0.5"));
    const { out } = await say("check", file, "--with-controls");
    expect(out).toMatch(/^control, feedback off: about \d+ unknowns, \d+ time steps, \d+ MB$/m);
    expect(out).toContain("control, equal coverage: none, one particle has nobody");
    const { controls } = JSON.parse((await say("check", file, "--with-controls", "--json")).out);
    expect(controls.map(({ name }: { name: string }) => name)).toEqual([
      "feedbackOff",
      "finer",
      "equalCoverage",
      "permuted",
    ]);
    expect((await say("check", file)).out).not.toContain("control");
  });
});

describe("the controls of a scenario", () => {
  it("differ from it in one thing each", () => {
    const { own, runs } = controlsOf(columns(3, "[0.9, 0.5, 0.1]"));
    expect(runs.map(({ name, scenario }) => [name, differing(own, scenario)])).toEqual([
      ["feedbackOff", ["feedback"]],
      ["equalCoverage", ["geometry", "nominalCoverage"]],
      ["permuted", ["geometry", "nominalCoverage"]],
      ["finer", ["solver"]],
    ]);
    expect(runs[1].scenario.nominalCoverage).toEqual([0.5, 0.5, 0.5]);
    expect(runs[2].scenario.nominalCoverage).toEqual([0.1, 0.9, 0.5]);
    const sizes = ({ solver: { mesh } }: Scenario) => [mesh.interfaceSize, mesh.largestSize];
    const twice = sizes(own).map((size) => 2 * size);
    expect(sizes(runs[3].scenario).every((size, k) => Math.abs(size / twice[k] - 1) < 1e-12)).toBe(true);
  });

  it("have as many permutations as asked for, each once, and all at most", () => {
    const orders = (text: string, most: number) =>
      controlsOf(text, most).runs.flatMap(({ name, scenario }) =>
        name === "permuted" ? [scenario.nominalCoverage.join(" ")] : [],
      );
    const all = orders(columns(3, "[0.9, 0.5, 0.1]"), 99);
    expect(all[0]).toBe("0.1 0.9 0.5");
    expect(new Set(all).size).toBe(5);
    expect(all).not.toContain("0.9 0.5 0.1");
    expect(orders(columns(3, "[0.9, 0.1, 0.1]"), 99)).toEqual(["0.1 0.9 0.1", "0.1 0.1 0.9"]);
    expect(orders(right, 9)).toEqual(["0.1 0.9"]);
    const five = orders(columns(5, "[0.9, 0.7, 0.5, 0.3, 0.1]"), 99);
    expect([five.length, new Set(five).size]).toEqual([24, 24]);
    expect(orders(columns(5, "[0.9, 0.7, 0.5, 0.3, 0.1]"), 99)).toEqual(five);
  });

  it("are absent where a scenario has none, with the reason", () => {
    const one = controlsOf(columns(1, "0.5"));
    expect(one.runs.map(({ name }) => name)).toEqual(["feedbackOff", "finer"]);
    expect(one.absent.equalCoverage).toContain("nobody to be out of step with");
    expect(controlsOf(columns(3, "0.5")).absent.permuted).toBe("all particles are covered alike");
    const off = right.replace("kind: film\n  resistance: 0.2 ohm m^2", "kind: none");
    expect(controlsOf(off).absent.feedbackOff).toContain("does not touch the current");
    const coarse = right.replace("interfaceSize: 0.5 um", "interfaceSize: 3 um, largestSize: 3 um");
    expect(controlsOf(coarse).absent.finer).toMatch(/^it cannot be made: solver\.mesh\.interfaceSize: found /);
  });

  it("switch off every way by which damage touches the current", () => {
    const contact = `${right}surface: { kind: contact, high: 80 S/m^2, low: 8 S/m^2 }\n`;
    const [feedbackOff] = controlsOf(contact.replace("kind: film\n  resistance: 0.2 ohm m^2", "kind: none")).runs;
    expect(feedbackOff.name).toBe("feedbackOff");
    expect(feedbackOff.scenario.surface).toMatchObject({ kind: "contact", damage: "kept", high: 80 });
    const lost = `${right}fidelity: network\nbinder: { contactLoss: 0.9 }\n`;
    expect(controlsOf(lost).runs[0].scenario.binder.contactLoss).toBe(0);
  });

  it("cover particles that say their own coverage, and those that are drawn", () => {
    const particles =
      "particles: [{ x: 8 um, y: 8 um, radius: 5 um, coverage: 0.8 }, { x: 24 um, y: 8 um, radius: 5 um, coverage: 0.2 }]";
    const own = right
      .replace(
        "lattice: { columns: 2, rows: 1, radius: 5 um, clearance: 6 um }",
        `box: { width: 32 um, height: 16 um }\n  ${particles}`,
      )
      .replace("  fractions: [0.9, 0.1]\n", "");
    const { runs } = controlsOf(own);
    expect(runs.map(({ scenario }) => scenario.nominalCoverage)).toEqual([
      [0.8, 0.2],
      [0.5, 0.5],
      [0.2, 0.8],
      [0.8, 0.2],
    ]);
    const drawn = columns(6, "").replace("fractions: ", "distribution: { mean: 0.5, deviation: 0.2 }");
    const network = controlsOf(`${drawn}fidelity: network\n`);
    const sorted = ({ nominalCoverage }: Scenario) => [...nominalCoverage].sort().join();
    const permuted = network.runs.find(({ name }) => name === "permuted");
    expect(permuted && sorted(permuted.scenario)).toBe(sorted(network.own));
    expect(permuted?.scenario.nominalCoverage).not.toEqual(network.own.nominalCoverage);
    const finer = network.runs.find(({ name }) => name === "finer");
    expect(finer?.scenario.network?.resolution.directions).toBe(24);
  });
});
