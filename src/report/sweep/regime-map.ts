import type { TopLevelSpec } from "vega-lite";
import { type Regime, regimeOf, regimes } from "../../inference/regime.js";
import { figures } from "../../words/numbers.js";
import { round } from "../figure/round.js";
import { figure, ink, quantitative } from "../figure/theme.js";
import { isoLine } from "./iso-lines.js";
import type { DrawnAxis } from "./response.js";

/** What the map needs of each run; NaN where there is none. */
export interface RegimeColumns {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly last: Float64Array;
  /** Share of the first charge that the last no longer passed. */
  readonly capacityLost: Float64Array;
}

/** Two axes that are drawn, and the others, whose levels are told apart by panels. */
export interface MapAxes {
  readonly across: DrawnAxis;
  readonly up: DrawnAxis;
  readonly others: readonly DrawnAxis[];
}

/** Colours that are told apart without seeing red and green. */
const colours: Readonly<Record<Regime, string>> = {
  synchronises: "#4aa3b5",
  "stays apart": "#d9d3bd",
  "drifts apart": "#d0762c",
  "never apart": "#eef0f2",
};

/** Of what is drawn on the tiles, which are light on a dark page too: no colour that the page replaces. */
const dark = "#101820";

/** Shares of capacity lost that lines are drawn for. */
const lost = [0.1, 0.2, 0.4, 0.8] as const;

/** From dotted to drawn through, as losses grow. */
const dashes = [
  [1, 3],
  [5, 3],
  [11, 2],
  [1, 0],
];

const cell = { width: 46, height: 21 } as const;

interface Row {
  readonly panel: Readonly<Record<string, string>>;
  readonly x: number;
  readonly y: number;
  readonly regime: Regime;
  readonly ratio: number;
  readonly lost: number;
}

/** The different values of an axis, numbers rising, words in their order. */
export function levelsOf({ cells, numeric }: DrawnAxis): readonly (number | string)[] {
  const levels = [...new Set(cells)];
  return numeric ? (levels as number[]).sort((a, b) => a - b) : levels;
}

/** What a value of an axis is called. */
export function levelName(axis: DrawnAxis, level: number | string): string {
  const unit = /\(([^)]+)\)\s*$/.exec(axis.title)?.[1];
  return typeof level === "number" ? `${figures(level)}${unit ? ` ${unit}` : ""}` : level;
}

/**
 * The map of one combination of the axes beyond two others: columns of panels by the first of these, rows by the second.
 * @param shown runs of the combination
 */
export function regimeMap(axes: MapAxes, columns: RegimeColumns, shown: readonly number[]): TopLevelSpec {
  const { across, up, others } = axes;
  const [column, row] = others;
  const [xs, ys] = [levelsOf(across), levelsOf(up)];
  const rows = shown.flatMap((run): Row[] => {
    const spread = { first: columns.first[run], second: columns.second[run], last: columns.last[run] };
    const regime = regimeOf(spread);
    if (regime === null) return [];
    const panel = Object.fromEntries(
      [column, row].flatMap((axis, k) => (axis ? [[["column", "row"][k], levelName(axis, axis.cells[run])]] : [])),
    );
    const [x, y] = [xs.indexOf(across.cells[run]), ys.indexOf(up.cells[run])];
    return [{ panel, x, y, regime, ratio: spread.last / spread.first, lost: columns.capacityLost[run] }];
  });
  const side = (title: string, names: readonly string[]) => ({
    type: quantitative,
    title,
    scale: { domain: [-0.5, names.length - 0.5], nice: false, zero: false },
    axis: {
      values: names.map((_, k) => k),
      labelExpr: `${JSON.stringify(names)}[datum.value]`,
      grid: false,
      ticks: false,
      domain: false,
      labelLimit: 200,
      labelFlush: false,
    },
  });
  const x = side(
    across.title,
    xs.map((level) => (typeof level === "number" ? figures(level) : level)),
  );
  const y = side(
    up.title,
    ys.map((level) => (typeof level === "number" ? figures(level) : level)),
  );
  const facet = { ...panelOf(column, "column"), ...panelOf(row, "row") };
  const inner = {
    layer: [tiles(x, y), ratios(x, y), lines(x, y)],
    width: cell.width * xs.length,
    height: cell.height * ys.length,
  };
  const data = { values: [...rows.map(tile), ...linesOf(rows, ys, xs.length)] };
  const words = `Map: what becomes of the spread of lithium over ${across.title} and ${up.title}.`;
  return figure(words, Object.keys(facet).length > 0 ? { data, facet, spec: inner } : { data, ...inner });
}

function panelOf(axis: DrawnAxis | undefined, which: "column" | "row"): object {
  if (!axis) return {};
  const header = { labelColor: ink, titleColor: ink, labelFontSize: 11.5, titleFontSize: 11.5 };
  const sort = levelsOf(axis).map((level) => levelName(axis, level));
  return { [which]: { field: which, type: "nominal", sort, title: axis.name, header } };
}

function tile({ panel, x, y, regime, ratio, lost: share }: Row): object {
  const ends = { left: x - 0.5, right: x + 0.5, below: y - 0.5, above: y + 0.5 };
  return { ...panel, ...ends, x, y, regime, ratio: figures(ratio, 2), lost: round(share) };
}

function tiles(x: object, y: object): object {
  return {
    transform: [{ filter: "isValid(datum.regime)" }],
    mark: { type: "rect", stroke: "white", strokeWidth: 0.5 },
    encoding: {
      x: { field: "left", ...x },
      x2: { field: "right" },
      y: { field: "below", ...y },
      y2: { field: "above" },
      color: {
        field: "regime",
        type: "nominal",
        title: null,
        sort: regimes,
        scale: { domain: regimes, range: regimes.map((regime) => colours[regime]) },
      },
    },
  };
}

function ratios(x: object, y: object): object {
  return {
    transform: [{ filter: "isValid(datum.regime)" }],
    mark: { type: "text", fontSize: 10.5, color: dark },
    encoding: { x: { field: "x", ...x }, y: { field: "y", ...y }, text: { field: "ratio", type: "nominal" } },
  };
}

function lines(x: object, y: object): object {
  return {
    transform: [{ filter: "isValid(datum.level)" }],
    mark: { type: "rule", strokeWidth: 1.8, color: dark },
    encoding: {
      x: { field: "x", ...x },
      y: { field: "y", ...y },
      x2: { field: "x2" },
      y2: { field: "y2" },
      strokeDash: {
        field: "level",
        type: "nominal",
        title: "capacity lost",
        legend: { symbolSize: 1200, symbolStrokeWidth: 1.8 },
        sort: lost.map(percent),
        scale: {
          domain: lost.map(percent),
          range: dashes,
        },
      },
    },
  };
}

const percent = (share: number): string => `${100 * share} %`;

/** Lines of equal loss, within values of the axis that begin with the same word: others are no steps of one quantity. */
function linesOf(rows: readonly Row[], ys: readonly (number | string)[], width: number): object[] {
  const panels = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.panel);
    panels.set(key, [...(panels.get(key) ?? []), row]);
  }
  return [...panels.values()].flatMap((own) =>
    groupsOf(ys).flatMap(({ from, to }) => {
      const known = Array.from({ length: to - from }, () => new Array<number>(width).fill(Number.NaN));
      for (const { x, y, lost: share } of own) if (y >= from && y < to) known[y - from][x] = share;
      return lost.flatMap((level) =>
        isoLine(known, level).map((at) => ({
          ...own[0].panel,
          ...{ x: round(at.x), y: round(at.y + from), x2: round(at.x2), y2: round(at.y2 + from) },
          level: percent(level),
        })),
      );
    }),
  );
}

/** What a value of a worded axis is a case of: its first word; numbers are all of one kind. */
export function kindOf(level: number | string): string {
  return typeof level === "number" ? "" : level.split(" ")[0];
}

/** Stretches of levels of one kind. */
function groupsOf(levels: readonly (number | string)[]): readonly { readonly from: number; readonly to: number }[] {
  const starts = levels.flatMap((level, k) => (k === 0 || kindOf(level) !== kindOf(levels[k - 1]) ? [k] : []));
  return starts.map((from, k) => ({ from, to: starts[k + 1] ?? levels.length }));
}
