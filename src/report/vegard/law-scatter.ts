import type { TopLevelSpec } from "vega-lite";
import type { VegardRecord } from "../../inference/vegard/record.js";
import type { ParticlePages } from "../../result/vegard-folder.js";
import { figure, mostPoints, quantitative, runColours } from "../figure/theme.js";

export interface LawPoints {
  readonly record: VegardRecord;
  readonly maps: readonly ParticlePages[];
}

/** Measured strain along a crystal axis against composition, a point a pixel, with the law and the pixels' own line. */
export function lawScatter({ record, maps }: LawPoints, axis: 0 | 1): TopLevelSpec {
  const component = record.settings.axes[axis];
  const points = pixelPoints(record, maps, axis);
  const title = { x: "Composition", y: `Strain along ${component}` };
  const encoding = {
    x: { field: "x", type: quantitative, title: title.x },
    y: { field: "y", type: quantitative, title: title.y },
  };
  const scale = { domain: ["law", "pixel by pixel"], range: [runColours[0], runColours[1]] };
  const description = `Points: strain along ${component} against composition, one a pixel; lines: the law and the pixels' own.`;
  return figure(description, {
    layer: [
      {
        data: { values: points },
        mark: { type: "point", size: 9, opacity: 0.35, filled: true, color: "#7a7f87" },
        encoding,
      },
      {
        data: { values: lines(record, component, points) },
        mark: { type: "line" },
        encoding: { ...encoding, color: { field: "line", type: "nominal", title: null, scale } },
      },
    ],
  });
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The law, and the line through the pixels, which lies where their mean is. */
function lines({ coefficients, pixelwise, settings }: VegardRecord, component: string, points: readonly Point[]) {
  const law = coefficients.filter((each) => each.component === component);
  const naive = pixelwise.filter((each) => each.component === component);
  const value = (terms: readonly { readonly order: number; readonly value: number }[], x: number) =>
    terms.reduce((sum, term) => sum + term.value * x ** term.order, 0);
  const mean = (of: (point: Point) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / Math.max(1, points.length);
  const offset = mean(({ x, y }) => y - value(naive, x));
  const lawOffset = settings.reference === "each" ? mean(({ x, y }) => y - value(law, x)) : 0;
  return Array.from({ length: 21 }, (_, k) => k / 20).flatMap((x) => [
    { x, y: value(law, x) + lawOffset, line: "law" },
    { x, y: value(naive, x) + offset, line: "pixel by pixel" },
  ]);
}

/** Evenly drawn pixels of all particles; strain turned into each particle's crystal axes. */
function pixelPoints({ settings, angles }: VegardRecord, maps: readonly ParticlePages[], axis: 0 | 1) {
  const all = maps.flatMap(({ data, width, height }, particle) => {
    const pixels = width * height;
    const turn = angles[particle] + (axis * Math.PI) / 2;
    const [c, s] = [Math.cos(turn), Math.sin(turn)];
    const term = (factor: number, k: number) => (Math.abs(factor) < 1e-12 ? 0 : factor * data[k]);
    return Array.from({ length: pixels }, (_, k) => ({
      x: Number(data[k].toFixed(4)),
      y: Number(
        (term(c * c, pixels + k) + term(s * s, 2 * pixels + k) + term(2 * c * s, 3 * pixels + k)).toPrecision(4),
      ),
    })).filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  });
  const step = Math.max(1, Math.ceil(all.length / (settings.components * mostPoints)));
  return all.filter((_, k) => k % step === 0);
}
