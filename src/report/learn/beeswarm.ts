import type { TopLevelSpec } from "vega-lite";
import type { RankingRecord } from "../../inference/learn/record.js";
import type { ShapTable } from "../../result/learn-folder.js";
import { rounded } from "../../words/numbers.js";
import { figure, muted, namesDown, quantitative } from "../figure/theme.js";

/** Attributes and particles shown at most. */
const [mostAttributes, mostParticles] = [14, 400];
/** Columns of points along the axis. */
const bins = 90;

/**
 * A point a particle and attribute: its SHAP value across, points that would lie on each other beside each other, coloured by the
 * attribute's value from the least to the largest.
 */
export function beeswarm({ attributes }: RankingRecord, values: ShapTable, target: string): TopLevelSpec {
  const shown = attributes
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => a.rank! - b.rank!)
    .slice(0, mostAttributes);
  const own = shown.map(({ name }) => ({
    name,
    shap: values.valuesOf(name),
    value: values.attribute(name),
  }));
  const step = Math.max(1, Math.ceil((own[0]?.shap.length ?? 0) / mostParticles));
  const rows = Array.from(own[0]?.shap ?? [], (_, k) => k).filter((k) => k % step === 0);
  const all = own.flatMap(({ shap }) => rows.map((row) => shap[row]));
  const span = Math.max(...all) - Math.min(...all) || 1;
  const points = own.flatMap(({ name, shap, value }) => {
    const place = sharesOf(rows.map((row) => value[row]));
    const beside = offsets(rows.map((row) => Math.floor((bins * (shap[row] - Math.min(...all))) / span)));
    return rows.map((row, k) => ({ name, x: rounded(shap[row]), beside: beside[k], place: rounded(place[k]) }));
  });
  const order = shown.map(({ name }) => name);
  return figure(
    `Points: SHAP value of each attribute for ${target}, one a particle, coloured by the attribute's value.`,
    {
      height: 100 + 30 * shown.length,
      layer: [
        {
          data: { values: [{ x: 0 }] },
          mark: { type: "rule", color: muted },
          encoding: { x: { field: "x", type: quantitative } },
        },
        {
          data: { values: points },
          mark: { type: "circle", size: 9, opacity: 0.85 },
          encoding: {
            x: { field: "x", type: quantitative, title: `SHAP value (in units of ${target})` },
            y: namesDown("name", order, 190),
            yOffset: { field: "beside", type: quantitative, scale: { domain: [-1.15, 1.15] } },
            color: {
              field: "place",
              type: quantitative,
              title: "Attribute, least to largest",
              scale: { range: ["#2f6fb3", "#b7a6c9", "#c8412b"], domain: [0, 0.5, 1] },
              legend: { values: [] },
            },
          },
        },
      ],
    },
  );
}

/** The place of each value among all, 0 … 1; equal values share it. */
function sharesOf(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const rank = new Map(sorted.map((value, k) => [value, sorted.length < 2 ? 0.5 : k / (sorted.length - 1)]));
  return values.map((value) => rank.get(value)!);
}

/** Points of one bin side by side about the middle, the fullest bin from −1 to 1. [point] */
function offsets(bin: readonly number[]): number[] {
  const count = new Map<number, number>();
  for (const each of bin) count.set(each, (count.get(each) ?? 0) + 1);
  const fullest = Math.max(2, ...count.values());
  const seen = new Map<number, number>();
  return bin.map((each) => {
    const k = seen.get(each) ?? 0;
    seen.set(each, k + 1);
    const side = k % 2 === 0 ? 1 : -1;
    return rounded((side * Math.ceil(k / 2) * 2) / fullest);
  });
}
