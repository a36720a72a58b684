import * as z from "zod";
import { openCircuitCurve } from "../../../inference/fit/open-circuit.js";
import { note } from "../../../scenario/reading.js";
import { count, section } from "../../../schema/leaf.js";
import type { Prediction, PredictionKind, Series } from "./contract.js";
import { checkModelParameters, type ModelParameters, unitScales } from "./model-parameter.js";

/** An open-circuit potential as a line with steps: U(s) = offset + slope (s − ½) + Σ weight tanh(steepness (s − centre)). */
export const ocpFile = section({ kind: z.literal("ocp"), steps: count(0, 12).default(3) });

type OcpFile = z.output<typeof ocpFile>;

/** The slope, in V, is that over all of 0 ≤ s ≤ 1. */
function parametersOf({ steps }: OcpFile): ModelParameters {
  const known: Record<string, "voltage" | null> = { offset: "voltage", slope: "voltage" };
  for (let k = 1; k <= steps; k++)
    Object.assign(known, { [`weight${k}`]: "voltage", [`steepness${k}`]: null, [`centre${k}`]: null });
  return known;
}

export const ocp: PredictionKind<OcpFile> = {
  wanted: () => ({ stoichiometry: { dimension: null }, voltage: { dimension: "voltage" } }),
  predicted: "voltage",
  checkParameters(file, parameters, reading) {
    const known = parametersOf(file);
    checkModelParameters(known, parameters, reading);
    const absent = Object.keys(known).filter((name) => !parameters.some((parameter) => parameter.name === name));
    if (absent.length > 0)
      note(reading, ["parameters"], {
        found: `no ${absent.join(", ")}`,
        allowed: `every one of ${Object.keys(known).join(", ")}`,
      });
  },
  prepare(file, { parameters, sources }): Prediction {
    const known = parametersOf(file);
    const names = Object.keys(known);
    const scale = unitScales(known, parameters);
    const place = names.map((name) => parameters.findIndex((parameter) => parameter.name === name));
    const series = sources.map(({ name, use, columns, noise }): Series => {
      return { name, use, x: columns.of.stoichiometry, y: columns.of.voltage, noise };
    });
    const of = (use: Series["use"]) => {
      const x = series.filter((each) => each.use === use).flatMap((each) => [...each.x]);
      return (values: readonly number[]) =>
        openCircuitCurve(
          place.map((k) => values[k] * scale[k]),
          x,
        );
    };
    return {
      series,
      shown: { x: { name: "Stoichiometry", scale: 1 }, y: { name: "Potential [V]", scale: 1 } },
      words: `an open-circuit potential with ${file.steps} step${file.steps === 1 ? "" : "s"}`,
      simulations: 0,
      predictor: (_, use) => {
        const curve = of(use);
        return async (points) => points.map((values) => ({ ok: true, values: curve(values) }));
      },
      closedForm: of("fit"),
    };
  },
};
