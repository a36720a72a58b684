import type { TopLevelSpec } from "vega-lite";
import type { AutoencoderRecord } from "../../inference/learn/record.js";
import { rounded } from "../../words/numbers.js";
import { labelHeights } from "../figure/label-heights.js";
import { figure, ink, muted, quantitative, runColours } from "../figure/theme.js";
import { textWidth } from "../text-width.js";

/** About what the axes leave of the figure, px. */
const plot = 280;
const lineHeight = 13;

/** Pearson's r of each attribute with the first two latent numbers, in the circle that bounds them; the target as a cross. */
export function correlationCircle(
  { names, correlations, targetCorrelations }: AutoencoderRecord,
  target: string,
): TopLevelSpec {
  const [first, second] = [correlations[0], correlations[1]];
  const points = names.map((name, k) => ({ name, x: rounded(first[k]), y: rounded(second[k]) }));
  const far = points
    .filter(({ x, y }) => Math.hypot(x, y) > 0.5)
    .map((point) => {
      const [at, wide, left] = [(point.x + 1) / 2, textWidth({}, point.name) / plot, point.x > 0];
      const across = left ? ([at - wide, at] as const) : ([at, at + wide] as const);
      return { ...point, left, across, height: (point.y + 1) / 2 };
    });
  const heights = labelHeights(far, lineHeight / plot);
  const labels = far.map(({ name, x, left }, k) => ({ name, x, left, y: rounded(2 * heights[k] - 1) }));
  const circle = Array.from({ length: 73 }, (_, k) => ({
    x: Math.cos((k * Math.PI) / 36),
    y: Math.sin((k * Math.PI) / 36),
    k,
  }));
  const scale = { domain: [-1, 1] };
  const x = { field: "x", type: quantitative, title: "Pearson's r with latent 1", scale };
  const y = { field: "y", type: quantitative, title: "Pearson's r with latent 2", scale };
  return figure(`Points in a circle: correlation of each attribute, and of ${target}, with the two latent numbers.`, {
    width: 330,
    height: 330,
    layer: [
      {
        data: { values: circle },
        mark: { type: "line", color: muted, strokeWidth: 1 },
        encoding: { x, y, order: { field: "k" } },
      },
      {
        data: { values: points },
        mark: { type: "point", filled: true, size: 40, color: runColours[0] },
        encoding: { x, y },
      },
      ...[true, false].map((left) => ({
        data: { values: labels.filter((each) => each.left === left) },
        mark: { type: "text", align: left ? "right" : "left", dy: -9, clip: false },
        encoding: { x, y, text: { field: "name" } },
      })),
      {
        data: { values: [{ x: rounded(targetCorrelations[0]), y: rounded(targetCorrelations[1]), name: target }] },
        mark: { type: "point", shape: "cross", filled: true, size: 110, color: ink },
        encoding: { x, y },
      },
    ],
  });
}
