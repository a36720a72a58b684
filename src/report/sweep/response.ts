import type { TopLevelSpec } from "vega-lite";
import type { LevelMean } from "../../inference/main-effects.js";
import type { SweepAxis } from "../../result/sweep-folder.js";
import { round } from "../figure/round.js";
import { coverageRange, figure, ink, quantitative, runColours } from "../figure/theme.js";

/** An axis as figures draw it. */
export interface DrawnAxis extends Omit<SweepAxis, "column"> {
  /** With the unit in round brackets, where it has one. */
  readonly title: string;
}

/** A metric of each run; NaN where there is none. */
export interface Response {
  /** For the axis of a figure, with the unit in brackets. */
  readonly title: string;
  readonly values: Float64Array;
}

/** Each run as a point over one axis, with the mean at each level; colours by a second axis, when there is one with few levels. */
export function responseCurve(
  axis: DrawnAxis,
  response: Response,
  means: readonly LevelMean[],
  other?: DrawnAxis,
): TopLevelSpec {
  const x = axis.numeric ? { type: quantitative, scale: scaleOf(axis) } : { type: "nominal", sort: null };
  const y = { field: "y", type: quantitative, title: response.title, scale: { zero: false } };
  const points = rows(axis, response, other);
  const color = other ? colourOf(other) : { value: runColours[0] };
  const families = other && !axis.drawn && isNominal(other) ? [{ type: "line", strokeWidth: 1, opacity: 0.6 }] : [];
  return figure(`Points: ${response.title} of each run against ${axis.title}; dashed: the mean at each level.`, {
    layer: [
      {
        data: { values: points },
        mark: { type: "point", filled: true, size: 36, opacity: 0.75 },
        encoding: { x: { field: "x", ...x, title: axis.title }, y, color },
      },
      ...families.map((mark) => ({
        data: { values: points },
        mark,
        encoding: { x: { field: "x", ...x }, y: { ...y, aggregate: "mean" }, color },
      })),
      {
        data: { values: means.map(({ at, mean }) => ({ x: value(at), y: round(mean) })) },
        mark: { type: "line", color: ink, strokeWidth: 1.5, strokeDash: [5, 4] },
        encoding: { x: { field: "x", ...x }, y: { field: "y", type: quantitative } },
      },
    ],
  });
}

function rows(axis: DrawnAxis, { values }: Response, other?: DrawnAxis) {
  return axis.cells.flatMap((cell, k) =>
    Number.isFinite(values[k])
      ? [{ x: value(cell), y: round(values[k]), ...(other ? { other: value(other.cells[k]) } : {}) }]
      : [],
  );
}

/** A map over two axes: tiles of the mean at each pair of levels, or points where values were drawn. */
export function heatMap(x: DrawnAxis, y: DrawnAxis, response: Response): TopLevelSpec {
  const drawn = x.drawn || y.drawn;
  const cells = drawn ? drawnPoints(x, y, response) : pairMeans(x, y, response);
  const color = {
    field: "value",
    type: quantitative,
    title: response.title,
    scale: { range: [...coverageRange], interpolate: "rgb", zero: false },
    legend: { titleOrient: "top", titleLimit: 330, gradientLength: 220 },
  };
  const side = (axis: DrawnAxis, field: "x" | "y") => ({
    field,
    title: axis.title,
    ...(drawn && axis.numeric
      ? { type: quantitative, scale: scaleOf(axis) }
      : { type: "ordinal", sort: sides(axis, field), axis: { labelAngle: 0 } }),
  });
  const mark = drawn ? { type: "point", filled: true, size: 90, opacity: 0.9 } : { type: "rect" };
  return figure(`Map: ${response.title} over ${x.title} and ${y.title}.`, {
    data: { values: cells },
    mark,
    encoding: { x: side(x, "x"), y: side(y, "y"), color },
  });
}

/** Levels in the order of an axis: numbers rise to the right and upwards. */
function sides(axis: DrawnAxis, field: "x" | "y"): readonly (number | string)[] {
  const levels = [...new Set(axis.cells)];
  if (axis.numeric) (levels as number[]).sort((a, b) => (field === "x" ? a - b : b - a));
  return levels.map(value);
}

function drawnPoints(x: DrawnAxis, y: DrawnAxis, { values }: Response) {
  return x.cells.flatMap((cell, k) =>
    Number.isFinite(values[k]) ? [{ x: value(cell), y: value(y.cells[k]), value: round(values[k]) }] : [],
  );
}

function pairMeans(x: DrawnAxis, y: DrawnAxis, { values }: Response) {
  const sums = new Map<string, { x: number | string; y: number | string; sum: number; count: number }>();
  for (const [k, cell] of x.cells.entries()) {
    if (!Number.isFinite(values[k])) continue;
    const key = JSON.stringify([cell, y.cells[k]]);
    const own = sums.get(key) ?? { x: value(cell), y: value(y.cells[k]), sum: 0, count: 0 };
    own.sum += values[k];
    own.count += 1;
    sums.set(key, own);
  }
  return [...sums.values()].map(({ sum, count, ...at }) => ({ ...at, value: round(sum / count) }));
}

/** Shares of the variance of each metric that each axis explains by itself. */
export function effectBars(shares: readonly { metric: string; axis: string; share: number }[]): TopLevelSpec {
  const values = shares.map((each) => ({ ...each, share: round(each.share) }));
  const metrics = [...new Set(values.map(({ metric }) => metric))];
  return figure("Bars: first-order share of the variance of each metric, by axis.", {
    width: 420,
    height: 34 * metrics.length + 20,
    data: { values },
    mark: { type: "bar" },
    encoding: {
      y: { field: "metric", type: "nominal", sort: metrics, title: null, axis: { labelLimit: 240 } },
      x: {
        field: "share",
        type: quantitative,
        title: "Share of the variance",
        stack: "zero",
        scale: { domain: [0, 1], clamp: true },
        axis: { format: ".0%" },
      },
      color: {
        field: "axis",
        type: "nominal",
        title: null,
        sort: null,
        scale: { range: runColours },
        legend: { columns: 2, labelLimit: 260 },
      },
    },
  });
}

/** Few enough values for a colour each. */
function isNominal({ numeric, count }: DrawnAxis): boolean {
  return !numeric || count <= 6;
}

function colourOf(other: DrawnAxis): object {
  const legend = { titleOrient: "top", titleLimit: 330 };
  if (isNominal(other)) {
    const domain = sides(other, "x");
    const scale = { domain, range: domain.map((_, k) => runColours[k % runColours.length]) };
    return { field: "other", type: "nominal", title: other.title, scale, legend };
  }
  const scale = { ...scaleOf(other), range: [...coverageRange], interpolate: "rgb" };
  return { field: "other", type: quantitative, title: other.title, scale, legend };
}

/** Logarithmic where positive values span more than a factor of thirty. */
function scaleOf({ cells }: DrawnAxis): { readonly type: "log" | "linear"; readonly zero?: false } {
  const values = cells as readonly number[];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most / least > 30 ? { type: "log" } : { type: "linear", zero: false };
}

function value(cell: number | string): number | string {
  return typeof cell === "number" ? round(cell) : cell;
}
