import type { TopLevelSpec } from "vega-lite";
import { smoothed } from "../../inference/vegard/residual.js";
import { mapPages, type ParticlePages } from "../../result/vegard-folder.js";
import { rounded } from "../../words/numbers.js";
import { backdrop, nothing, pngUri, quantise, type Raster, schemePalette } from "../field/raster.js";
import { boundsOf } from "../field/snapshot.js";
import { map } from "../figure/map.js";
import { quantitative } from "../figure/theme.js";

const { composition, measured, model, residual } = mapPages;

const kinds = {
  composition: { page: composition, shared: [composition], scheme: "viridis", title: "Composition", signed: false },
  measured: { page: measured, shared: [measured, model], scheme: "blueorange", title: "Strain along x", signed: true },
  model: { page: model, shared: [measured, model], scheme: "blueorange", title: "Strain along x", signed: true },
  residual: { page: residual, shared: [residual], scheme: "blueorange", title: "Residual strain", signed: true },
} as const;

/** Residuals are blurred by so many pixels, lest noise hide what composition does not explain. */
export const residualBlur = 1.5;

/** A map of one particle under axes, with its colours. Measured and modelled strain share theirs. */
export function pixelMap(particle: ParticlePages, kind: keyof typeof kinds): TopLevelSpec {
  const { page: own, shared, scheme, title, signed } = kinds[kind];
  const { width, height, pixelSize } = particle;
  const shown = (at: number) => (kind === "residual" ? blurred(particle, page(particle, at)) : page(particle, at));
  const domain = domainOf(
    shared.flatMap((at) => [...shown(at)].filter(Number.isFinite)),
    signed,
  );
  const raster: Raster = { width, height, value: shown(own) };
  const index = quantise(raster, domain);
  for (const [k, colour] of index.entries()) if (colour === nothing) index[k] = backdrop;
  const edge = (pixelSize ?? 1) * 1e-6;
  const extent = { left: 0, bottom: 0, width: width * edge, height: height * edge };
  const unit = pixelSize === null ? "pixels" : "µm";
  const name = particle.name;
  const axes = [`x (${unit})`, `from below (${unit})`] as const;
  const legend = {
    data: { values: domain.map((value) => ({ value })) },
    mark: { type: "point", opacity: 0 },
    encoding: {
      color: { field: "value", type: quantitative, title, scale: { scheme, domain } },
      x: { value: 0 },
      y: { value: 0 },
    },
  };
  return map(`Map of ${title} in ${name}.`, extent, pngUri(index, width, height, schemePalette(scheme)), axes, [
    legend,
  ]);
}

function page({ data, width, height }: ParticlePages, at: number): Float32Array {
  const pixels = width * height;
  return Float32Array.from({ length: pixels }, (_, k) => data[at * pixels + k]);
}

function blurred({ width, height }: ParticlePages, values: Float32Array): Float32Array {
  return Float32Array.from(smoothed({ width, height, pixel: [1, 1] }, values, residualBlur));
}

/** From the 1st to the 99th percentile, zero in the middle where it is signed. */
function domainOf(values: number[], signed: boolean): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = boundsOf([at(0.01), at(0.99)]) ?? [0, 1];
  const reach = Math.max(Math.abs(low), Math.abs(high), 1e-12);
  return signed ? [rounded(-reach, 2), rounded(reach, 2)] : [rounded(low, 2), rounded(high, 2)];
}
