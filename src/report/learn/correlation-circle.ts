import type { TopLevelSpec } from "vega-lite";
import type { AutoencoderRecord } from "../../inference/learn/record.js";
import { figure, ink, muted, quantitative, runColours } from "../figure/theme.js";

/** Pearson's r of each attribute with the first two latent numbers, in the circle that bounds them; the target as a cross. */
export function correlationCircle(
  { names, correlations, targetCorrelations }: AutoencoderRecord,
  target: string,
): TopLevelSpec {
  const [first, second] = [correlations[0]!, correlations[1]!];
  const round = (value: number) => Number(value.toPrecision(4));
  const points = names.map((name, k) => ({ name, x: round(first[k]!), y: round(second[k]!) }));
  const far = points.filter(({ x, y }) => Math.hypot(x, y) > 0.5);
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
        mark: { type: "point", filled: true, size: 40, color: runColours[0]! },
        encoding: { x, y },
      },
      {
        data: { values: far },
        mark: { type: "text", dy: -8, limit: 120 },
        encoding: { x, y, text: { field: "name" } },
      },
      {
        data: { values: [{ x: round(targetCorrelations[0]!), y: round(targetCorrelations[1]!), name: target }] },
        mark: { type: "point", shape: "cross", filled: true, size: 110, color: ink },
        encoding: { x, y },
      },
    ],
  });
}
