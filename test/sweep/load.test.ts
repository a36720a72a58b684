import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scenarioHash } from "../../src/result/manifest.js";
import { loadScenario } from "../../src/scenario/load.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { sweepJsonSchema } from "../../src/study/sweep/json-schema.js";
import { readSweep } from "../../src/study/sweep/load.js";
import { say } from "../cli/said.js";
import { right as scenario } from "../scenario/malformed.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-sweep-load-"));
  writeFileSync(join(folder, "two.yaml"), scenario);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const right = `title: Film and rate
scenario: two.yaml
set:
  protocol.repeat: 3
design: grid
axes:
  feedback.resistance: { from: 0.1 ohm m^2, to: 0.3 ohm m^2, steps: 3 }
  protocol.steps.0.charge.rate: { values: [1C, 5C] }
  coverage.fractions:
    name: Coverage range
    measure: range
    from: [0.5, 0.5]
    to: [0.9, 0.1]
    steps: 2
`;

function written(text: string): string {
  const path = join(folder, "sweep.yaml");
  writeFileSync(path, text);
  return path;
}

function seen(text: string) {
  const scenarios: Scenario[] = [];
  const sweep = readSweep(written(text), (each) => scenarios.push(each));
  return { sweep, scenarios };
}

const check = (text: string, ...words: string[]) => say("check", written(text), ...words);

describe("a sweep file", () => {
  it("spans a grid, the last axis fastest, and resolves every run", () => {
    const { sweep, scenarios } = seen(right);
    expect(sweep.runs).toHaveLength(12);
    expect(sweep.runs.slice(0, 4).map(({ levels }) => levels.map(({ number }) => number))).toEqual([
      [0.1, 1, 0],
      [0.1, 1, 0.8],
      [0.1, 5, 0],
      [0.1, 5, 0.8],
    ]);
    expect(scenarios[5].feedback).toEqual({ kind: "film", resistance: 0.2, initial: 0 });
    expect(scenarios[3].nominalCoverage).toEqual([0.9, 0.1]);
    expect(scenarios[3].protocol).toMatchObject({ repeat: 3, tau: 720 });
    expect(scenarios[0].protocol.tau).toBe(3600);
    expect(new Set(sweep.runs.map(({ hash }) => hash)).size).toBe(12);
  });

  it("gives a run the hash of the same scenario written by hand", () => {
    const { sweep } = seen(right);
    const by = join(folder, "by-hand.yaml");
    const edits = [
      ["0.2 ohm", "0.3 ohm"],
      ["repeat: 2", "repeat: 3"],
      ["[0.9, 0.1]", "[0.9, 0.1]"],
    ] as const;
    writeFileSync(
      by,
      edits.reduce((text, [from, to]) => text.replace(from, to), scenario),
    );
    expect(sweep.runs[11].hash).toBe(scenarioHash(loadScenario(by)));
  });

  it("takes lists, logarithmic ranges, distributions, samples and replicates", () => {
    const list = seen(right.replace("design: grid", "design: list").replaceAll(/steps: [23]/g, "steps: 2"));
    expect(list.sweep.runs.map(({ levels }) => levels[2].number)).toEqual([0, 0.8]);
    const log = seen(
      `scenario: two.yaml\naxes:\n  binder.low.conductivity: { from: 1e-3 S/m, to: 10 S/m, scale: log, steps: 5 }\n`,
    );
    expect(log.sweep.runs.map(({ levels }) => levels[0].value)).toEqual([
      "0.001 S/m",
      "0.01 S/m",
      "0.1 S/m",
      "1 S/m",
      "10 S/m",
    ]);
    const drawn = seen(
      "scenario: two.yaml\ndesign: sobol\nsamples: 32\nreplicates: 2\nseed: 5\naxes:\n  temperature: { distribution: { kind: normal, mean: 300 K, standardDeviation: 5 K, from: 290 K, to: 310 K } }\n  feedback.resistance: { from: 0 ohm m^2, to: 1 ohm m^2 }\n",
    );
    expect(drawn.sweep.runs).toHaveLength(64);
    expect(drawn.sweep.runs.slice(0, 4).map(({ seed }) => seed)).toEqual([5, 6, 5, 6]);
    const temperatures = drawn.scenarios.map(({ temperature }) => temperature);
    expect(Math.min(...temperatures)).toBeGreaterThan(290);
    expect(Math.max(...temperatures)).toBeLessThan(310);
    const mean = temperatures.reduce((sum, value) => sum + value, 0) / temperatures.length;
    expect(Math.abs(mean - 300)).toBeLessThan(0.5);
  });

  it("extends a Sobol design without changing its first runs", () => {
    const text =
      "scenario: two.yaml\ndesign: sobol\nsamples: 8\naxes: { feedback.resistance: { from: 0 ohm m^2, to: 1 ohm m^2 } }\n";
    const [short, long] = [seen(text), seen(text.replace("samples: 8", "samples: 20"))];
    expect(long.sweep.runs.slice(0, 8).map(({ hash }) => hash)).toEqual(short.sweep.runs.map(({ hash }) => hash));
  });

  it("varies whole mappings and words", () => {
    const { scenarios, sweep } = seen(
      "scenario: two.yaml\naxes:\n  feedback: { values: [{ kind: none }, { kind: film, resistance: 0.1 ohm m^2 }] }\n  coverage.facing: { values: [collector, separator] }\n",
    );
    expect(scenarios.map(({ feedback }) => feedback.kind)).toEqual(["none", "none", "film", "film"]);
    expect(sweep.runs[2].levels.map(({ label }) => label)).toEqual(["kind film, resistance 0.1 ohm m^2", "collector"]);
  });

  it("is told by check, with its cost", async () => {
    const { status, out } = await check(right);
    expect(status).toBe(0);
    expect(out).toContain("12 runs of");
    expect(out).toContain("Coverage range (coverage.fractions): 0.5; 0.5 | 0.9; 0.1");
    const { cost, runs } = JSON.parse((await check(right, "--json")).out);
    expect(cost).toMatchObject({ scenarios: 12 });
    expect(runs[11].values).toEqual(["0.3 ohm m^2", "5C", [0.9, 0.1]]);
  });

  it("has a JSON Schema that is up to date", () => {
    expect(JSON.parse(readFileSync("scenarios/sweeps/sweep.schema.json", "utf8"))).toEqual(sweepJsonSchema());
  });
});

interface Wrong {
  readonly what: string;
  readonly edit: readonly [from: string, to: string];
  readonly at: string;
  readonly says: readonly string[];
  /** Faults told, 1 unless given. */
  readonly lines?: number;
}

const malformed: readonly Wrong[] = [
  {
    what: "an unknown key of its own",
    edit: ["design:", "desing:"],
    at: "5:1",
    says: ['"desing"', "did you mean design?"],
  },
  { what: "an unknown design", edit: ["grid", "gird"], at: "5:1", says: ["grid | list", "did you mean grid?"] },
  { what: "no scenario", edit: ["scenario: two.yaml\n", ""], at: "1:1", says: ["scenario: found nothing"] },
  {
    what: "a scenario that is no file",
    edit: ["two.yaml", "three.yaml"],
    at: "2:1",
    says: ["three.yaml: no such file"],
  },
  {
    what: "an axis over an unknown key",
    edit: ["feedback.resistance", "feedback.resistence"],
    at: "7:3",
    says: ['"feedback.resistence"', "resistance, initial", "did you mean feedback.resistance?"],
  },
  {
    what: "an axis over the last word of a key",
    edit: ["  coverage.fractions", "  fractions"],
    at: "9:3",
    says: ["did you mean coverage.fractions?"],
  },
  {
    what: "an axis over the title",
    edit: ["  coverage.fractions", "  title"],
    at: "9:3",
    says: ["changes what is computed"],
  },
  {
    what: "an axis past the end of a list",
    edit: ["steps.0", "steps.2"],
    at: "8:44",
    says: ["2 in protocol.steps", "from 0 to 1"],
  },
  {
    what: "a value without its unit",
    edit: ["[1C, 5C]", "[1C, 5]"],
    at: "8:48",
    says: ["protocol.steps.0.charge.rate: found 5", "no unit"],
  },
  {
    what: "a value that makes the scenario impossible",
    edit: ["to: [0.9, 0.1]", "to: [1.9, 0.1]"],
    at: "9:3",
    says: ["coverage.fractions.0: found 1.9"],
  },
  {
    what: "ends of different units",
    edit: ["to: 0.3 ohm m^2", "to: 0.3 ohm cm^2"],
    at: "7:45",
    says: ["the unit of from"],
  },
  { what: "ends of different length", edit: ["[0.9, 0.1]", "[0.9, 0.5, 0.1]"], at: "13:5", says: ["as many numbers"] },
  {
    what: "a range without steps",
    edit: ["0.3 ohm m^2, steps: 3", "0.3 ohm m^2"],
    at: "7:3",
    says: ["steps, in a design"],
  },
  {
    what: "values and a range",
    edit: ["values: [1C, 5C]", "values: [1C], from: 1C"],
    at: "8:3",
    says: ["exactly one"],
  },
  { what: "one end", edit: ["from: 0.1 ohm m^2, ", ""], at: "7:3", says: ["both ends"] },
  {
    what: "a logarithm of zero",
    edit: ["from: 0.1 ohm m^2,", "scale: log, from: 0 ohm m^2,"],
    at: "7:38",
    says: ["above 0"],
  },
  {
    what: "lists of different length",
    edit: ["grid", "list"],
    at: "8:3",
    says: ["2 values", "3, as the first"],
    lines: 2,
  },
  { what: "samples in a grid", edit: ["grid", "grid\nsamples: 4"], at: "6:1", says: ["no samples"] },
  { what: "no samples in a Sobol design", edit: ["grid", "sobol"], at: "1:1", says: ["how many samples"] },
  {
    what: "a setting of an unknown key",
    edit: ["protocol.repeat", "protocol.repaet"],
    at: "4:3",
    says: ["did you mean"],
  },
  {
    what: "a setting of an axis",
    edit: ["protocol.repeat: 3", "feedback.resistance: 1 ohm m^2"],
    at: "4:3",
    says: ["no axis"],
  },
  {
    what: "a wrong setting",
    edit: ["protocol.repeat: 3", "protocol.repeat: 0"],
    at: "4:3",
    says: ["protocol.repeat: found 0"],
  },
  {
    what: "an unknown metric",
    edit: ["design: grid", "metrics: [syncCycles]"],
    at: "5:11",
    says: ["did you mean syncCycle?"],
  },
];

describe("a sweep file that is wrong", () => {
  it.each(malformed)("is refused: $what", async ({ edit: [from, to], at, says, lines = 1 }) => {
    expect(right).toContain(from);
    const { status, err } = await check(right.replace(from, to));
    expect(status).toBe(2);
    expect(err.split("\n")).toHaveLength(lines);
    expect(err).toContain(`${join(folder, "sweep.yaml")}:${at}: `);
    for (const part of says) expect(err).toContain(part);
    expect(err).toContain("allowed: ");
  });
});

describe("the sweeps that ship", () => {
  const shipped = readdirSync("scenarios/sweeps").filter((name) => name.endsWith(".yaml"));
  it.each(shipped)("%s is right, and every run differs", (name) => {
    const { runs, title } = readSweep(join("scenarios/sweeps", name));
    expect(title).not.toBe("Untitled");
    expect(new Set(runs.map(({ hash }) => hash)).size).toBe(runs.length);
  });
});
