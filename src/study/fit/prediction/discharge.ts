import * as z from "zod";
import { type LimitedVoltage, limitedVoltage } from "../../../inference/fit/cell/cut-off.js";
import { type DiffusivityShapes, diffusivityShapes } from "../../../inference/fit/cell/diffusivity-shape.js";
import { type CellHistory, cellVoltage } from "../../../inference/fit/cell/discharge.js";
import { type CellParameters, lgm50 } from "../../../inference/fit/cell/parameter-set.js";
import type { FitParameter } from "../../../inference/fit/parameter.js";
import type { PredictedValues, Shortfall } from "../../../inference/fit/problem.js";
import type { Dimension } from "../../../quantity/units.js";
import { note, type Reading } from "../../../scenario/reading.js";
import { section, text, word } from "../../../schema/leaf.js";
import type { Prediction, PredictionKind, Series, Source } from "./contract.js";
import { checkHeld, checkModelParameters, heldValue, type ModelParameters, unitScales } from "./model-parameter.js";

const held = z.record(z.string(), z.union([z.number(), text()]), { error: "a mapping of parameters to values" });

/** The voltage of a full cell under a measured current, by two particles with electrolyte (SPMe). */
export const dischargeFile = section({
  kind: z.literal("discharge"),
  cell: word(["LGM50"]).default("LGM50"),
  diffusivity: section({
    negative: word(["constant", "ORegan2022"]).default("constant"),
    positive: word(["constant", "ORegan2022"]).default("constant"),
  }).prefault({}),
  set: held.default({}),
});

type DischargeFile = z.output<typeof dischargeFile>;

const ofElectrode = {
  diffusivity: "diffusivity",
  exchangeCurrent: "currentDensity",
  initialStoichiometry: null,
  activeFraction: null,
  diffusionEnergy: "molarEnergy",
  kineticEnergy: "molarEnergy",
  radius: "length",
} as const satisfies Readonly<Record<string, Dimension | null>>;

const electrodes = ["negative", "positive"] as const;

/** Dotted names of what can be fitted of a cell. */
const known: ModelParameters = {
  ...Object.fromEntries(
    electrodes.flatMap((side) =>
      Object.entries(ofElectrode).map(([name, dimension]) => [`${side}.${name}`, dimension]),
    ),
  ),
  resistance: "resistance",
  resistanceEnergy: "molarEnergy",
  "electrolyte.energy": "molarEnergy",
  bruggeman: null,
};

const volt = { dimension: "voltage" } as const;

export const discharge: PredictionKind<DischargeFile> = {
  wanted: () => ({
    time: { dimension: "time" },
    current: { dimension: "current" },
    voltage: volt,
    temperature: { dimension: "temperature", optional: true },
  }),
  predicted: "voltage",
  checkParameters({ set }, parameters, reading) {
    checkModelParameters(known, parameters, reading);
    checkHeld(set, known, parameters, reading);
    checkShares(parameters, reading);
  },
  prepare(file, { parameters, sources, reading }): Prediction | undefined {
    const scale = unitScales(known, parameters);
    for (const source of sources) {
      checkTimes(source, reading);
      checkSign(source, reading);
    }
    if (reading.faults.length > 0) return undefined;
    const histories = sources.map(({ columns, use }) => ({ use, history: historyOf(columns.of) }));
    const base = withHeld(baseCell(file), file.set);
    const model = (use: Series["use"]) => {
      const own = histories.filter((each) => each.use === use).map(({ history }) => history);
      return (values: readonly number[]) => {
        const cell = cellWith(
          base,
          parameters,
          values.map((value, k) => value * scale[k]),
        );
        return joined(
          own.map((history) => ({ history, ...limitedVoltage(cell, history, cellVoltage(cell, history)) })),
        );
      };
    };
    const fitted = model("fit");
    return {
      series: sources.map(({ name, use, columns, noise }) => ({
        ...{ name, use, noise },
        x: passed(columns.of.time, columns.of.current),
        y: columns.of.voltage,
      })),
      shown: { x: { name: "Charge passed [Ah]", scale: 3600 }, y: { name: "Cell voltage [mV]", scale: 1e-3 } },
      words: `the voltage of a cell (${file.cell}) by two particles with electrolyte`,
      simulations: 0,
      predictor: (_, use) => {
        const voltage = model(use);
        return async (points) => points.map((values) => ({ ok: true, ...voltage(values) }));
      },
      closedForm: (values) => fitted(values).values,
    };
  },
};

function checkTimes({ columns: { of }, path }: Source, reading: Reading): void {
  if (of.time.some((time, k) => k > 0 && time < of.time[k - 1]))
    note(reading, [...path, "columns", "time"], { found: "times that go back", allowed: "times that do not fall" });
}

/** V, a change of voltage that tells a charge from a discharge, and the share of the current that has one sign. */
const [tellingChange, oneWay] = [0.05, 0.5];

/** Notes a current whose sign is the other way round: the voltage falls while it charges, or rises while it discharges. */
function checkSign({ columns: { of }, path }: Source, reading: Reading): void {
  const out = passed(of.time, of.current);
  const net = -(out.at(-1) ?? 0);
  const gross = out.reduce((sum, now, k) => (k === 0 ? 0 : sum + Math.abs(now - out[k - 1])), 0);
  const change = (of.voltage.at(-1) ?? 0) - of.voltage[0];
  if (Math.abs(net) < oneWay * gross || Math.abs(change) < tellingChange || net * change > 0) return;
  const [does, goes] = net > 0 ? ["charges", "falls"] : ["discharges", "rises"];
  const volts = `from ${of.voltage[0].toPrecision(4)} to ${of.voltage.at(-1)?.toPrecision(4)} V`;
  note(reading, [...path, "columns", "current"], {
    found: `a current that ${does} the cell by ${(Math.abs(net) / 3600).toPrecision(3)} Ah while the voltage ${goes} ${volts}`,
    allowed: "a current that is positive on charge; turn its sign with { column, unit, reversed: true }",
  });
}

interface Predicted extends LimitedVoltage {
  readonly history: CellHistory;
}

/** One series after the other, with what ends those that end early. */
function joined(all: readonly Predicted[]): PredictedValues {
  const shortfalls: Shortfall[] = [];
  let from = 0;
  for (const { history, voltage, end, limit } of all) {
    const to = from + voltage.length;
    if (limit !== null) {
      const ah = passed(history.time, history.current).map((charge) => Math.abs(charge) / 3600);
      const [reached, last] = [ah[Math.max(0, end - 1)], ah[ah.length - 1]];
      const error = last > 0 ? reached / last - 1 : -1;
      const share = `${error <= 0 ? "−" : "+"}${Math.abs(100 * error).toPrecision(2)} %`;
      const amounts = `after ${reached.toPrecision(3)} Ah where ${last.toPrecision(3)} Ah were measured`;
      shortfalls.push({
        from: from + end,
        to,
        reason: `the cell reaches ${limit} V ${amounts} (capacity ${share})`,
        error,
      });
    }
    from = to;
  }
  return { values: Float64Array.from(all.flatMap(({ voltage }) => [...voltage])), shortfalls };
}

function checkShares(parameters: readonly FitParameter[], reading: Reading): void {
  for (const { name, low, high } of parameters)
    if (/\.(initialStoichiometry|activeFraction)$/.test(name) && !(low > 0 && high < 1))
      note(reading, ["parameters", name], {
        found: `bounds from ${low} to ${high}`,
        allowed: "bounds between 0 and 1",
      });
}

function historyOf(of: Readonly<Record<string, Float64Array>>): CellHistory {
  const time = of.time;
  return { time, current: of.current, temperature: of.temperature ?? new Float64Array(time.length).fill(298.15) };
}

/** C, out of the cell since the first moment. */
function passed(time: Float64Array, current: Float64Array): Float64Array {
  let sum = 0;
  return time.map((now, k) => {
    if (k > 0) sum -= current[k] * (now - time[k - 1]);
    return sum;
  });
}

function baseCell({ diffusivity }: DischargeFile): CellParameters {
  const shape = (side: keyof DiffusivityShapes) => diffusivityShapes[diffusivity[side]][side];
  return {
    ...lgm50,
    negative: { ...lgm50.negative, diffusivityShape: shape("negative") },
    positive: { ...lgm50.positive, diffusivityShape: shape("positive") },
  };
}

function withHeld(cell: CellParameters, set: DischargeFile["set"]): CellParameters {
  return Object.entries(set).reduce((sum, [name, value]) => withValue(sum, name, heldValue(known[name], value)), cell);
}

function cellWith(
  base: CellParameters,
  parameters: readonly FitParameter[],
  values: readonly number[],
): CellParameters {
  return parameters.reduce((cell, { name }, k) => withValue(cell, name, values[k]), base);
}

function withValue(cell: CellParameters, name: string, value: number): CellParameters {
  const [side, key] = name.split(".") as [keyof CellParameters, string | undefined];
  return { ...cell, [side]: key === undefined ? value : { ...(cell[side] as object), [key]: value } };
}
