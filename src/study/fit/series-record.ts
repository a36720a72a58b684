import type { Outcome } from "../../inference/fit/problem.js";
import type { SeriesRecord } from "../../inference/fit/record.js";
import { mean } from "../../statistics/mean.js";
import type { Prediction, Series } from "./prediction/contract.js";

/** Each series beside its part of the outcome of its use. */
export function seriesRecords(
  { series, shown }: Prediction,
  outcomes: Readonly<Record<Series["use"], Outcome>>,
): SeriesRecord[] {
  const at = { fit: 0, predict: 0 };
  return series.map((each) => {
    const outcome = outcomes[each.use];
    const from = at[each.use];
    at[each.use] += each.y.length;
    const predicted = outcome.ok ? outcome.values.subarray(from, from + each.y.length) : null;
    const failure = outcome.ok ? null : outcome.reason;
    const short = outcome.ok
      ? outcome.shortfalls?.find((own) => own.from >= from && own.to === at[each.use])
      : undefined;
    const ending = short ? { points: short.from - from, reason: short.reason, error: short.error } : null;
    return seriesRecord(each, { predicted, failure, ending }, [shown.x.scale, shown.y.scale]);
  });
}

function seriesRecord(
  { name, use, x, y, noise }: Series,
  {
    predicted,
    failure,
    ending,
  }: Pick<SeriesRecord, "failure" | "ending"> & { readonly predicted: Float64Array | null },
  [scaleX, scaleY]: readonly [number, number],
): SeriesRecord {
  const off = predicted ? Array.from(predicted, (value, k) => (value - y[k]) / scaleY).filter(Number.isFinite) : [];
  const whole = off.length === y.length && off.length > 0;
  return {
    name,
    use,
    points: y.length,
    rmse: whole ? Math.sqrt(mean(off.map((value) => value ** 2))) : null,
    bias: whole ? mean(off) : null,
    largest: whole ? Math.max(...off.map(Math.abs)) : null,
    autocorrelation: whole ? autocorrelation(off) : null,
    noise:
      noise === null ? null : typeof noise === "number" ? noise / scaleY : Array.from(noise, (own) => own / scaleY),
    x: Array.from(x, (value) => value / scaleX),
    measured: Array.from(y, (value) => value / scaleY),
    predicted: Array.from(y, (_, k) => {
      const value = k < (ending?.points ?? y.length) ? predicted?.[k] : undefined;
      return value !== undefined && Number.isFinite(value) ? value / scaleY : null;
    }),
    failure: failure ?? (whole ? null : "the prediction is no number in places"),
    ending,
  };
}

/** Of neighbours; null for fewer than ten. */
function autocorrelation(off: readonly number[]): number | null {
  if (off.length < 10) return null;
  const centre = mean(off);
  const [pairs, own] = off.reduce(
    ([a, b], value, k) =>
      [k === 0 ? a : a + (value - centre) * (off[k - 1] - centre), b + (value - centre) ** 2] as const,
    [0, 0] as readonly [number, number],
  );
  return own > 0 ? pairs / own : null;
}

/** Over the series of a use; null when one of them has none, or there is none. */
export function rmseOver(records: readonly SeriesRecord[], use: SeriesRecord["use"]): number | null {
  const own = records.filter((record) => record.use === use);
  const points = own.reduce((sum, record) => sum + record.points, 0);
  if (points === 0 || own.some(({ rmse }) => rmse === null)) return null;
  return Math.sqrt(own.reduce((sum, { rmse, points: n }) => sum + n * rmse! ** 2, 0) / points);
}
