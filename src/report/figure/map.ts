import type { TopLevelSpec } from "vega-lite";
import { rounded } from "../../words/numbers.js";
import type { Extent } from "../field/snapshot.js";
import { figure, quantitative } from "./theme.js";

/** Pixels of a picture per unit of the drawing: sharp on fine screens. */
export const fineness = 2;

/** Size of the drawing that a picture of `extent` gets. */
export function mapSize(extent: Extent): { readonly width: number; readonly height: number } {
  const scale = Math.min(310 / extent.width, 240 / extent.height);
  return { width: Math.round(extent.width * scale), height: Math.round(extent.height * scale) };
}

/** A picture under axes in µm; `over` are layers drawn on it in the same coordinates. */
export function map(
  description: string,
  extent: Extent,
  uri: string,
  axes: readonly [string, string],
  over: readonly object[],
): TopLevelSpec {
  const size = mapSize(extent);
  const [x, y] = [
    [extent.left, extent.left + extent.width],
    [extent.bottom, extent.bottom + extent.height],
  ].map((domain) => ({ domain: domain.map((m) => rounded(1e6 * m, 6)), nice: false, zero: false }));
  const axis = (title: string, length: number) => ({ title, grid: false, tickCount: Math.ceil(length / 70) });
  return figure(description, {
    ...size,
    autosize: { type: "pad" },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: "image", url: uri, ...size, align: "left", baseline: "top", aspect: false },
        encoding: { x: { value: 0 }, y: { value: 0 } },
      },
      {
        data: { values: [{ x: x.domain[0], y: y.domain[0] }] },
        mark: { type: "point", opacity: 0 },
        encoding: {
          x: { field: "x", type: quantitative, scale: x, axis: axis(axes[0], size.width) },
          y: { field: "y", type: quantitative, scale: y, axis: axis(axes[1], size.height) },
        },
      },
      ...over,
    ],
  });
}
