import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeVtu } from "../../../src/fem/mesh/vtu.js";
import { chooseBackend } from "../../../src/study/backend.js";
import { readFit } from "../../../src/study/fit/load.js";
import { curveAt, simulatedCurve } from "../../../src/study/fit/prediction/simulated-curve.js";
import { runFit } from "../../../src/study/fit/run-fit.js";
import type { Engine } from "../../../src/study/sweep/engine.js";
import { takeJob } from "../../../src/study/sweep/job.js";
import { fakeSimulation } from "../../scenario/fake-simulation.js";
import { right as scenario } from "../../scenario/malformed.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "synchrode-fit-simulated-"));
  writeFileSync(join(folder, "two.yaml"), scenario);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Computes in this process with the fake solver; films above 0.3 Ω m² fail. */
function counting(): { engine: Engine; readonly taken: string[] } {
  const taken: string[] = [];
  const engine: Engine = async (jobs, watch) => {
    const open = new Map<string, string>();
    for (const job of jobs) {
      if (watch.signal.aborted) {
        open.set(job.hash, "stopped on request");
        continue;
      }
      taken.push(job.hash);
      const work = {
        start: (read: Parameters<typeof fakeSimulation>[0], from?: Parameters<typeof fakeSimulation>[1]) => {
          const film = read.feedback.kind === "film" ? read.feedback.resistance : 0;
          const simulation = fakeSimulation(read, from, { failAt: film > 0.3 ? 5 : -1 });
          // damage falls with the film, so that there is something to find
          const advance = () => {
            const frame = simulation.advance();
            return "ok" in frame
              ? frame
              : {
                  ...frame,
                  particles: { ...frame.particles, damage: frame.particles.damage.map((d) => d / (1 + 10 * film)) },
                };
          };
          return { ...simulation, advance };
        },
        encodeFields: writeVtu,
        backend: chooseBackend("auto"),
      };
      await takeJob(job, options.folder, work, { signal: watch.signal });
    }
    return open;
  };
  return { engine, taken };
}

const options = { folder: "", jobs: 2 };
const quiet = (signal = new AbortController().signal) => ({ signal, say: () => {}, share: () => {} });

async function fit(text: string, name: string, signal?: AbortSignal) {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(path, text);
  options.folder = join(folder, name);
  const { engine, taken } = counting();
  const record = await runFit({ fit: readFit(path), folder: options.folder, engine, jobs: 2, watch: quiet(signal) });
  return { record, taken };
}

/** Writes the mean damage after the first charge for three rates; tells the film with which it was computed. */
async function planted(): Promise<number> {
  const rates = (damage: readonly (number | null)[]) =>
    `Rate,Mean damage\n${[1, 2, 5].map((rate, k) => `${rate},${damage[k]}\n`).join("")}`;
  writeFileSync(join(folder, "rates.csv"), rates([0, 0, 0]));
  const { record } = await fit(metricsFit("0.1 ohm m^2", 1), "probe");
  writeFileSync(join(folder, "rates.csv"), rates(record.predictions[0].predicted));
  return record.parameters[0].value;
}

const metricsFit = (start: string, iterations: number) => `title: Film by damage
predict: { kind: metrics, scenario: two.yaml, metric: meanDamageFirst, over: { key: protocol.steps.0.charge.rate, unit: C } }
data:
  rates: { file: rates.csv, columns: { setting: Rate, value: Mean damage } }
parameters:
  feedback.resistance: { from: 0.05 ohm m^2, to: 0.4 ohm m^2, start: ${start}, transform: log }
method: { kind: trust-region, step: 1e-3, iterations: ${iterations}, profiles: 0 }
`;

describe("a fit by simulation", () => {
  it("finds the film that was planted, past simulations that fail", async () => {
    const film = await planted();
    expect(film).toBeGreaterThan(0.1);
    const { record } = await fit(metricsFit("0.29 ohm m^2", 30), "metrics");
    expect(record.status).toBe("done");
    expect(record.kind).toBe("metrics");
    expect(Math.abs(record.parameters[0].value / film - 1)).toBeLessThan(1e-3);
    expect(record.evaluations.simulations).toBe(3 * record.evaluations.asked);
  });

  it("never repeats a simulation, and ends the same when it is taken up again", async () => {
    const before = readFileSync(join(folder, "metrics", "fit.json"), "utf8");
    const again = await fit(metricsFit("0.29 ohm m^2", 30), "metrics");
    expect(again.taken).toEqual([]);
    expect(JSON.parse(before).parameters).toEqual(JSON.parse(JSON.stringify(again.record.parameters)));
    expect(new Set(readdirSync(join(folder, "metrics", "runs"))).size).toBeGreaterThan(5);
  });

  it("records a start that fails, and says so", async () => {
    const { record } = await fit(metricsFit("0.35 ohm m^2", 5), "failing");
    expect(record.status).toBe("failed");
    expect(record.reason).toMatch(/^the prediction failed at the start: .*gave up/);
    expect(record.failures[0].reason).toMatch(/gave up/);
    expect(record.failures[0].values).toHaveLength(1);
  });

  it("stops on request, and says what it knows", async () => {
    const controller = new AbortController();
    controller.abort();
    const { record, taken } = await fit(metricsFit("0.2 ohm m^2", 5), "stopped", controller.signal);
    expect(record.status).toBe("stopped");
    expect(taken).toEqual([]);
  });

  it("compares the quantiles of a column, and their shape alone over the mean", async () => {
    writeFileSync(join(folder, "measured.csv"), "Interface damage\n0.001\n0.002\n0.003\n0.004\n0.004\n");
    const text = `predict: { kind: distribution, scenario: two.yaml, over: mean, levels: [0.25, 0.5, 0.75] }
data: { all: { file: measured.csv, columns: { value: Interface damage } } }
parameters: { feedback.resistance: { from: 0.05 ohm m^2, to: 0.2 ohm m^2 } }
method: { kind: abc, particles: 10, generations: 2 }
`;
    const { record } = await fit(text, "distribution");
    const { x, measured, predicted, noise } = record.predictions[0];
    expect(x).toEqual([0.25, 0.5, 0.75]);
    expect(measured.map((value) => Number(value.toFixed(4)))).toEqual([0.7143, 1.0714, 1.4286]);
    // the two fake particles' damages are as 1 to 2 but for a little chaos
    expect(Math.abs(predicted[1]! - 1)).toBeLessThan(1e-9);
    expect((noise as readonly number[]).every((value) => value > 0)).toBe(true);
    expect(record.samples!.draws.length).toBe(10);
  });

  it("follows a curve of the time series", async () => {
    writeFileSync(join(folder, "curve.csv"), "t,V\n10,3.9\n60,3.95\n200,4\n");
    const text = `predict: { kind: timeseries, scenario: two.yaml }
data: { all: { file: curve.csv, columns: { x: t, y: V } } }
parameters: { feedback.resistance: { from: 0.05 ohm m^2, to: 0.2 ohm m^2 } }
method: { kind: trust-region, iterations: 1, profiles: 0 }
`;
    const { record } = await fit(text, "curve");
    expect(record.predictions[0].predicted.every((value) => value !== null && Number.isFinite(value))).toBe(true);
    expect(record.parameters[0].reason).toMatch(/no effect/);
  });

  const curveFit = (
    file: string,
    columns: string,
    more = "",
    noise = "",
  ) => `predict: { kind: timeseries, scenario: two.yaml${more} }
data: { all: { file: ${file}, columns: ${columns}${noise} } }
parameters: { feedback.resistance: { from: 0.05 ohm m^2, to: 0.2 ohm m^2 } }
method: { kind: trust-region, iterations: 1, profiles: 0 }
`;

  it("counts time from the beginning of the instruction, in a later cycle too, and takes units as they are written", async () => {
    writeFileSync(join(folder, "later.csv"), "t [min],V [mV]\n0,3900\n1,3950\n6,4000\n");
    const columns = '{ x: "t [min]", y: "V [mV]" }';
    const { record } = await fit(curveFit("later.csv", columns, ", cycle: 2, step: 1", ", noise: 2 mV"), "later");
    const [series] = record.predictions;
    expect(series.failure).toBe(null);
    expect(series.x).toEqual([0, 60, 360]);
    expect(series.measured).toEqual([3.9, 3.95, 4]);
    expect(Math.abs((series.noise as number) / 0.002 - 1)).toBeLessThan(1e-12);
    // the second discharge has the last rows of the run
    const runs = join(folder, "later", "runs");
    const rows = readFileSync(join(runs, readdirSync(runs)[0], "timeseries.csv"), "utf8")
      .trim()
      .split("\n");
    const voltage = rows[0].split(",").indexOf("Cell voltage [V]");
    expect(series.predicted[0]).toBe(Number(rows.at(-4)!.split(",")[voltage]));
    expect(series.predicted[2]).toBe(Number(rows.at(-1)!.split(",")[voltage]));
  });

  it("refuses data outside the simulated time with both ranges", async () => {
    writeFileSync(join(folder, "long.csv"), "t,V\n10,3.9\n60,3.95\n400,4\n");
    const { record } = await fit(curveFit("long.csv", "{ x: t, y: V }"), "long");
    expect(record.status).toBe("failed");
    expect(record.reason).toContain("measured from 10 to 400 in Time [s]");
    expect(record.reason).toContain("simulated from 0 to 360");
    writeFileSync(join(folder, "early.csv"), "t,V\n-10,3.9\n60,3.95\n200,4\n");
    expect((await fit(curveFit("early.csv", "{ x: t, y: V }"), "early")).record.reason).toContain("from -10 to 200");
  });

  it("refuses units that do not convert", () => {
    writeFileSync(join(folder, "amps.csv"), "t [A],V\n10,3.9\n60,3.95\n");
    const path = join(folder, "amps.yaml");
    writeFileSync(path, curveFit("amps.csv", '{ x: "t [A]", y: V }'));
    expect(() => readFit(path)).toThrow(/the unit A of "t \[A\]"; allowed: a unit that converts to s/);
    writeFileSync(path, curveFit("curve.csv", "{ x: t, y: V }", "", ", noise: 2 mA"));
    expect(() => readFit(path)).toThrow(/a unit that converts to V/);
  });
});

describe("a simulated curve", () => {
  const rows = (ended: string) =>
    `Time [s],Cycle,Protocol step,Cell voltage [V],Capacity [mAh/cm3],Ended\n10,1,0,3.8,1,\n100,1,0,4.2,10,\n110,2,0,3.9,11,\n200,2,0,4.3,20,${ended}\n`;
  const read = (ended: string, x = "Time [s]") => {
    writeFileSync(join(folder, "timeseries.csv"), rows(ended));
    return simulatedCurve(folder, { x, y: "Cell voltage [V]", cycle: 2, step: 0 });
  };

  it("begins where the instruction does", () => {
    expect(Array.from(read("time").x)).toEqual([10, 100]);
    expect(read("time").begin).toBe(0);
    expect(read("time", "Capacity [mAh/cm3]").begin).toBe(10);
    const at = curveAt(read("time"), Float64Array.of(0, 10, 55, 100), "cell");
    for (const [k, volts] of [3.9, 3.9, 4.1, 4.3].entries()) expect(Math.abs(at.y[k] - volts)).toBeLessThan(1e-12);
    expect(at.end).toBe(4);
  });

  it("is held where a limit of voltage ends it a little early, and says so", () => {
    const places = Float64Array.of(50, 100, 110);
    expect(() => curveAt(read("time"), places, "cell")).toThrow(/simulated from 0 to 100/);
    const at = curveAt(read("voltage"), places, "cell");
    expect(at.end).toBe(2);
    expect(at.y[2]).toBe(4.3);
    expect(Math.abs(at.error - (100 / 110 - 1))).toBeLessThan(1e-12);
    expect(() => curveAt(read("voltage"), Float64Array.of(50, 130), "cell")).toThrow(RangeError);
  });
});
