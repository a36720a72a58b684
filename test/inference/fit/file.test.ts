import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { FitRecord } from "../../../src/inference/fit/record.js";
import { dataFolder } from "../../../src/scenario/data-folder.js";
import { packageFolder } from "../../../src/scenario/version.js";
import { fitJsonSchema } from "../../../src/study/fit/json-schema.js";
import { isFitFile, readFit } from "../../../src/study/fit/load.js";
import { say } from "../../cli/said.js";
import { right as scenario } from "../../scenario/malformed.js";
import { refusal } from "../../scenario/refusal.js";
import { scratchFolder } from "../../scratch-folder.js";

const scratch = scratchFolder();
const { folder } = scratch;
scratch.written("two.yaml", scenario);
scratch.written("ocp.csv", "# measured\ns,U [mV]\n0.3,4200\n0.5,4000\n0.7,3700\n0.9,3500\n0.95,\n");

const right = `title: A line
predict: { kind: ocp, steps: 0 }
data:
  cell:
    file: ocp.csv
    columns: { stoichiometry: s, voltage: "U [mV]" }
    where: { s: { to: 0.92 } }
    noise: 5 mV
parameters:
  offset: { from: 3 V, to: 5 V }
  slope: { from: -3000 mV, to: 0 mV, start: -1000 mV }
method: { kind: levenberg-marquardt, profiles: 0 }
`;

const written = (text: string) => scratch.written("fit.yaml", text);

const refused = (text: string) => refusal(() => readFit(written(text))).replaceAll(folder, "");

type Wrong = readonly [
  what: string,
  edit: readonly [from: string, to: string],
  at: string,
  says: readonly string[],
  also?: readonly [from: string, to: string],
];

const wrong: readonly Wrong[] = [
  ["an unknown kind", ["kind: ocp, steps: 0", "kind: opc, steps: 0"], "2:12", ["ocp", "discharge"]],
  ["an unknown key", ["title:", "titel:"], "1:1", ["did you mean title"]],
  ["an absent file", ["ocp.csv", "opc.csv"], "5:5", ["no such file"]],
  ["an absent measured file", ["ocp.csv", "$SYNCHRODE_DATA/opc.csv"], "5:5", ["no such file", "set SYNCHRODE_DATA"]],
  ["an absent column", ['"U [mV]"', '"V [mV]"'], "6:34", ["U [mV]"]],
  ["a column without unit", ['voltage: "U [mV]"', "voltage: s"], "6:34", ["without a unit", "voltage"]],
  ["a wrong unit", ['"U [mV]"', '{ column: "U [mV]", unit: A }'], "6:34", ["the unit A", "voltage"]],
  ["no column for what is predicted", [', voltage: "U [mV]"', ""], "6:5", ["no voltage"]],
  ["an unknown role", ["stoichiometry: s", "stoichometry: s"], "6:16", ["did you mean stoichiometry"]],
  [
    "a row without a number",
    ["{ to: 0.92 }", "{ from: 0.1 }"],
    "6:34",
    ['found "" in row 5 of column "U [mV]" (ocp.csv, line 7)'],
  ],
  ["no rows", ["{ to: 0.92 }", "{ from: 2 }"], "4:3", ["0 rows"]],
  ["an unknown parameter", ["  slope:", "  slop:"], "11:3", ["did you mean slope"]],
  ["a missing parameter", ["  slope: { from: -3000 mV, to: 0 mV, start: -1000 mV }\n", ""], "9:1", ["no slope"]],
  ["a parameter in a wrong unit", ["{ from: 3 V, to: 5 V }", "{ from: 3 A, to: 5 A }"], "10:13", ["voltage"]],
  ["bounds in two units", ["to: 5 V", "to: 5000 mV"], "10:24", ["the unit of from, V"]],
  ["bounds the wrong way round", ["to: 5 V", "to: 2 V"], "10:24", ["above from"]],
  ["a start outside", ["-1000 mV", "100 mV"], "11:38", ["between the bounds"]],
  ["a logarithm of nothing", ["start: -1000 mV", "transform: log"], "11:12", ["above 0"]],
  ["noise in a wrong unit", ["noise: 5 mV", "noise: 5 mA"], "8:5", ["voltage"]],
  [
    "an ensemble without noise",
    ["    noise: 5 mV\n", ""],
    "11:11",
    ["noise of every"],
    ["levenberg-marquardt, profiles: 0", "ensemble"],
  ],
];

describe("a fit file", () => {
  it("is read with its data in SI units and its parameters in their own", () => {
    const { parameters, prediction, inputs } = readFit(written(right));
    expect(prediction.series[0].y).toEqual(Float64Array.of(4.2, 4, 3.7, 3.5));
    expect(prediction.series[0].noise).toBe(0.005);
    expect(parameters[0]).toEqual({ name: "offset", unit: "V", low: 3, high: 5, start: 4, transform: "linear" });
    expect(parameters[1].unit).toBe("mV");
    expect(inputs.map(({ path }) => path.replace(folder, ""))).toEqual(["/fit.yaml", "/ocp.csv"]);
    expect(isFitFile(written(right))).toBe(true);
    expect(isFitFile(join(folder, "two.yaml"))).toBe(false);
  });

  it.each(wrong.map((each) => [each[0], each] as const))(
    "with %s is refused with its place",
    (_, [, [from, to], at, says, also = ["", ""]]) => {
      const text = right.replace(from, to).replace(also[0], also[1]);
      const message = refused(text);
      expect(message).toContain(`/fit.yaml:${at}:`);
      for (const part of says) expect(message).toContain(part);
    },
  );

  it("over a scenario tells unknown keys and impossible values in it", () => {
    const over = `predict: { kind: distribution, scenario: two.yaml }
data: { all: { file: ocp.csv, columns: { value: s } } }
parameters:
  feedback.resistence: { from: 0.1 ohm m^2, to: 0.3 ohm m^2 }
`;
    expect(refused(over)).toMatch(/fit\.yaml:4:3:.*did you mean feedback\.resistance/);
    expect(refused(over.replace("resistence", "resistance").replace(/ohm m\^2/g, "V"))).toMatch(
      /fit\.yaml:4:3:.*area resistance/,
    );
    expect(refused(over.replace("two.yaml", "three.yaml").replace("resistence", "resistance"))).toMatch(
      /:1:32: predict\.scenario:.*no such file/,
    );
    expect(readFit(written(over.replace("resistence", "resistance"))).prediction.series[0].y.length).toBe(10);
  });

  it("over a distribution sets like beside like, unless it says that it means another", () => {
    scratch.written("cracks.csv", "Damage,Detachment\n0.1,0.2\n0.2,0.3\n0.3,0.4\n");
    const over = (column: string, more = "") => `predict: { kind: distribution, scenario: two.yaml${more} }
data: { all: { file: cracks.csv, columns: { value: ${column} } } }
parameters: { feedback.resistance: { from: 0.1 ohm m^2, to: 0.3 ohm m^2 } }
`;
    expect(refused(over("Damage"))).toMatch(
      /fit\.yaml:2:45: data\.all\.columns\.value: found Damage \(the volume of .*beside Interface damage \(the state of/,
    );
    expect(readFit(written(over("Detachment"))).prediction.words).toBe(
      "quantiles of Interface damage at the end of two.yaml",
    );
    expect(readFit(written(over("Damage", ", quantities: different"))).prediction.words).toContain(
      "different quantities: Damage (the volume",
    );
  });

  it("has a JSON Schema that is shipped as it is made", () => {
    const shipped = JSON.parse(readFileSync(join(packageFolder(), "scenarios", "fits", "fit.schema.json"), "utf8"));
    expect(shipped).toEqual(JSON.parse(JSON.stringify(fitJsonSchema())));
  });
});

const shipped = join(packageFolder(), "scenarios", "fits");
const measured = {
  "ocp-nmc811": "nmc811_ocp_lgm50_chen2020",
  "rate-test-lgm50": "lgm50_rate_test_pybop",
  "damage-esrf": "esrf_nmc_slice_gt",
};

describe("the fits that ship", () => {
  for (const [name, data] of Object.entries(measured))
    it.skipIf(!existsSync(join(dataFolder(), data)))(`${name} is found right (needs ${data})`, () => {
      const { prediction, parameters } = readFit(join(shipped, `${name}.yaml`));
      const count = prediction.series.reduce((sum, { y, use }) => sum + (use === "fit" ? y.length : 0), 0);
      expect(count).toBeGreaterThan(parameters.length);
    });

  it("find what was planted", async () => {
    const out = join(folder, "planted");
    const { status, out: said } = await say(
      "fit",
      join(shipped, "planted-potential.yaml"),
      "--out",
      out,
      "--no-report",
      "--json",
    );
    expect(status).toBe(0);
    const { parameters } = JSON.parse(said) as { parameters: { name: string; interval: [number, number] }[] };
    const truth: Record<string, number> = {
      offset: 3.97,
      slope: -0.82,
      weight1: -0.047,
      steepness1: 17.6,
      centre1: 0.547,
    };
    for (const { name, interval } of parameters) {
      expect(interval[0]).toBeLessThan(truth[name]);
      expect(interval[1]).toBeGreaterThan(truth[name]);
    }
  });
});

describe("synchrode fit", () => {
  it("fits, writes fit.json and a report, and exits with 0", async () => {
    const out = join(folder, "results");
    const { status, out: said, err } = await say("fit", written(right), "--out", out, "--json");
    expect(err).toContain("report.html");
    expect(status).toBe(0);
    const record = JSON.parse(said);
    expect(Math.abs(record.parameters[0].value / 4 - 1)).toBeLessThan(0.02);
    expect(record.parameters[1].unit).toBe("mV");
    expect(record.rmse).toBeGreaterThan(0);
    expect(record.predictions[0]).toMatchObject({ name: "cell", use: "fit", points: 4 });
    expect(readdirSync(out)).toEqual(expect.arrayContaining(["fit.json", "report.html"]));
    expect(readFileSync(join(out, "report.html"), "utf8")).toContain("figure-lines-fit");
  });

  it("checks a fit file, and ends with 2 where it is wrong", async () => {
    const { status, out } = await say("check", written(right));
    expect(status).toBe(0);
    expect(out).toContain("offset: 3 to 5 V");
    expect((await say("fit", written(right.replace("ocp.csv", "opc.csv")))).status).toBe(2);
  });

  it("leaves other people's folders alone", async () => {
    const other = mkdtempSync(join(folder, "other-"));
    writeFileSync(join(other, "thesis.tex"), "…");
    const { status, err } = await say("fit", written(right), "--out", other);
    expect(status).toBe(2);
    expect(err).toContain("thesis.tex");
  });
});

describe("a fit of discharges", () => {
  /** A discharge of 4 Ah in two hours as a cycler writes it, the sign of the current as given. */
  const measured = (sign: number) => {
    const rows = Array.from({ length: 25 }, (_, k) => `${300 * k},${sign * 2},${4.1 - 0.06 * k}`);
    scratch.written(`cycler${sign}.csv`, `t,I,V\n${rows.join("\n")}\n`);
  };
  const discharged = (sign: number, more = "") => `title: One discharge
predict: { kind: discharge, set: { positive.initialStoichiometry: 0.6 } }
data:
  half:
    file: cycler${sign}.csv
    columns:
      time: { column: t, unit: s }
      current: { column: I, unit: A${more} }
      voltage: { column: V, unit: V }
parameters: { resistance: { from: 1 mohm, to: 50 mohm } }
method: { kind: trust-region, iterations: 2, profiles: 0 }
`;

  it("stops at the cut-off of the cell, says how much capacity is missing, and shows no voltage beyond", async () => {
    measured(-1);
    const out = join(folder, "discharged");
    const { status, out: said } = await say("fit", written(discharged(-1)), "--out", out, "--json");
    expect(status).toBe(0);
    const { predictions, warnings } = JSON.parse(said) as FitRecord;
    const [{ predicted, ending, points, rmse }] = predictions as [FitRecord["predictions"][number]];
    expect(ending!.points).toBeLessThan(points);
    expect(ending!.error).toBeLessThan(-0.1);
    expect(ending!.error).toBeGreaterThan(-1);
    expect(predicted.slice(ending!.points).every((value) => value === null)).toBe(true);
    expect(predicted.slice(0, ending!.points).every((value) => value !== null && value >= 2500)).toBe(true);
    expect(rmse).toBeGreaterThan(100);
    expect(warnings.join("\n")).toMatch(
      /half: the cell reaches 2.5 V after .* Ah where 4.00 Ah were measured \(capacity −/,
    );
  });

  it("names a current whose sign is the other way round, and turns it on request", () => {
    measured(1);
    expect(refused(discharged(1))).toMatch(/8:7: .*charges the cell by 4.00 Ah while the voltage falls from 4.1/);
    const fit = readFit(written(discharged(1, ", reversed: true")));
    expect(fit.prediction.series[0].x.at(-1)).toBe(2 * 300 * 24);
  });
});
