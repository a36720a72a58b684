import { describe, expect, it } from "vitest";
import type { FitRecord } from "../../src/inference/fit/record.js";
import { cornerPanel } from "../../src/report/fit/corner.js";
import { correlationMap } from "../../src/report/fit/correlation-map.js";
import { fitLines } from "../../src/report/fit/fit-lines.js";
import { fitPage } from "../../src/report/fit/fit-report.js";
import { profileLine } from "../../src/report/fit/profile-line.js";
import { residualLines } from "../../src/report/fit/residual-lines.js";

const series = {
  name: "0.1C",
  use: "fit",
  points: 3,
  rmse: 1.5,
  bias: 0.1,
  largest: 2,
  autocorrelation: 0.2,
  noise: null,
  x: [2, 0, 1],
  measured: [3.5, 4.1, 3.9],
  predicted: [3.51, 4.08, null],
  failure: "the prediction ends before the measurement",
  ending: null,
} as const;
const estimate = {
  name: "positive.diffusivity",
  unit: "m^2/s",
  value: 4e-15,
  interval: [1e-15, null],
  from: "profile",
  identifiable: false,
  reason: "its profile stays open above (bounds 1e-16 to 1e-13 m^2/s)",
  atBound: false,
  bounds: [1e-16, 1e-13],
} as const;
const profile = { name: estimate.name, value: [1e-15, 4e-15, 1e-13], excess: [5, 0, 2], threshold: 3.84 };
const names = ["a", "b"];
const correlation = [
  [1, -0.98],
  [-0.98, 1],
];

const record: FitRecord = {
  program: "synchrode",
  version: "0",
  title: "A <fit>",
  status: "done",
  reason: null,
  kind: "discharge",
  words: "a voltage",
  fitFile: "fit.yaml",
  fitSha256: "0",
  inputs: [],
  method: { kind: "trust-region" },
  seed: 1,
  parameters: [estimate],
  rmse: 1.5,
  rmseUnseen: 12,
  shown: { x: "Charge passed [Ah]", y: "Cell voltage [V]" },
  predictions: [series, { ...series, name: "2C", use: "predict" }],
  covariance: [[1]],
  correlation: [[1]],
  singularValues: [3],
  directions: [[1]],
  profiles: [profile],
  samples: null,
  warnings: ["The data do not see <it>."],
  starts: [{ sum: 3, iterations: 4, converged: true, reason: "no step would gain anything" }],
  evaluations: { asked: 9, failed: 1, simulations: 0 },
  failures: [{ values: [1e-15], reason: "gave up" }],
};

const specs = {
  "fit-lines": () => fitLines(record, [series]),
  "fit-residuals": () => residualLines(record, [series]),
  "fit-profile": () => profileLine(profile, estimate),
  "fit-correlation": () => correlationMap(names, correlation),
  "fit-draws": () =>
    cornerPanel(
      [
        [1, 2],
        [1.5, 1.7],
      ],
      [0, 1],
      names,
    ),
} as const;

describe("the figures of a fit", () => {
  for (const [name, spec] of Object.entries(specs))
    it(`${name} is as it was`, async () => {
      const text = `${JSON.stringify(spec()).replaceAll(/\},\{/g, "},\n{")}\n`;
      await expect(text).toMatchFileSnapshot(`figures/${name}.vl`);
    });
});

describe("the page of a fit", () => {
  it("tells what is seen and what is not, unseen data apart, and failures", async () => {
    const html = await fitPage(record);
    for (const part of [
      "A &lt;fit&gt;",
      "not seen",
      "do not see &lt;it&gt;",
      "Not fitted to",
      "gave up",
      "figure-profile",
    ])
      expect(html).toContain(part);
    expect(html).not.toContain("<it>");
    expect(html).not.toMatch(/NaN|undefined/);
  });
});
