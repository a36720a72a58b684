import { mean } from "../../statistics/mean.js";
import { type Design, type DesignSettings, squares, tensorsOf } from "./design.js";
import { basisField } from "./law-basis.js";
import type { PreparedParticle } from "./prepared.js";
import type { PlaneTensor } from "./stiffness.js";

/**
 * The columns of the regression that takes each pixel for itself, as if strain followed composition where it stands:
 * a component of measured strain on functions of the pixel's composition. Neighbours that hold each other are ignored.
 */
export function pixelwiseDesign(particle: PreparedParticle, component: 0 | 1 | 2, settings: DesignSettings): Design {
  const { maps, rows, composition } = particle;
  const { width, height } = maps.grid;
  const pixels = width * height;
  const along = alongAxis(tensorsOf(3, maps.angle)[component], component);
  const strain = (pixel: number) =>
    along.reduce((sum, factor, c) => sum + (factor === 0 ? 0 : factor * maps.strain[c * pixels + pixel]), 0);
  const places = [...new Set(Array.from(rows, (row) => row % pixels))].filter((pixel) =>
    Number.isFinite(strain(pixel)),
  );
  const fields = Array.from({ length: settings.mostDegree }, (_, k) => basisField(k + 1, composition, 0));
  const offset = settings.reference === "shared" ? 1 : 0;
  const columns = offset + fields.length;
  const column = new Float64Array(columns * places.length);
  if (offset === 1) column.fill(1, 0, places.length);
  for (const [k, field] of fields.entries())
    column.set(
      places.map((pixel) => field[pixel]),
      (offset + k) * places.length,
    );
  const target = Float64Array.from(places, strain);
  if (settings.reference === "each") {
    for (let k = 0; k < columns; k++) removeMean(column.subarray(k * places.length, (k + 1) * places.length));
    removeMean(target);
  }
  const noise = new Float64Array(columns * columns);
  return {
    name: maps.name,
    rows: places.length,
    columns,
    column,
    target,
    noise,
    ...squares(places, width, settings.block),
  };
}

/** Factors of xx, yy, xy in the strain along a component's axes. */
export function alongAxis([xx, yy, xy]: PlaneTensor, component: 0 | 1 | 2): PlaneTensor {
  const half = component === 2 ? 0.5 : 1;
  const flat = (factor: number) => (Math.abs(factor) < 1e-12 ? 0 : factor);
  return [flat(half * xx), flat(half * yy), flat(2 * half * xy)];
}

function removeMean(values: Float64Array): void {
  const centre = mean(values);
  for (let k = 0; k < values.length; k++) values[k] -= centre;
}
