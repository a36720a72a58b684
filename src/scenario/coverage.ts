import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { Arc, Geometry } from "../fem/mesh/geometry.js";
import type { Side } from "../fem/mesh/mesh.js";

/** How the high-conductivity carbon/binder lies on a particle. */
export interface CoveragePattern {
  readonly pattern: "arc" | "patches" | "random";
  /** The side that the arc, or the first patch, faces. */
  readonly facing: Side;
  readonly patches: number;
}

/** rad, counter-clockwise from +x. */
const directions: Readonly<Record<Side, number>> = {
  bottom: -Math.PI / 2,
  right: 0,
  top: Math.PI / 2,
  left: Math.PI,
};

/**
 * The patches that cover a share of a particle's surface: of its outline when plane, of its sphere when axisymmetric
 * (where a patch is a band, and equal heights have equal areas). `random` gives uniform numbers in [0, 1).
 */
export function highArcs(
  kind: Geometry["kind"],
  { pattern, facing, patches }: CoveragePattern,
  fraction: number,
  random: () => number,
): Arc[] {
  if (fraction <= 0) return [];
  const pieces = pattern === "arc" ? 1 : patches;
  if (kind === "axisymmetric") return bands(pattern, facing, pieces, Math.min(fraction, 1), random);
  if (fraction >= 1) return [{ from: -Math.PI, to: Math.PI }];
  const width = (2 * Math.PI * fraction) / pieces;
  if (pattern !== "random") return evenArcs(directions[facing], pieces, width);
  let from = 2 * Math.PI * random();
  return gaps(pieces, 2 * Math.PI * (1 - fraction), random).map((gap) => {
    const arc = { from, to: from + width };
    from += width + gap;
    return arc;
  });
}

function evenArcs(towards: number, pieces: number, width: number): Arc[] {
  return Array.from({ length: pieces }, (_, index) => {
    const centre = towards + (2 * Math.PI * index) / pieces;
    return { from: centre - width / 2, to: centre + width / 2 };
  });
}

/** Bands of a sphere, by the sine of the latitude: [−1, 1] carries the area uniformly. */
function bands(
  pattern: CoveragePattern["pattern"],
  facing: Side,
  pieces: number,
  fraction: number,
  random: () => number,
): Arc[] {
  const width = (2 * fraction) / pieces;
  if (fraction === 1) return [band(-1, 1)];
  if (pattern === "arc") {
    if (facing === "top") return [band(1 - width, 1)];
    return facing === "bottom" ? [band(-1, -1 + width)] : [band(-fraction, fraction)];
  }
  if (pattern === "patches") {
    return Array.from({ length: pieces }, (_, index) => {
      const centre = -1 + (2 * index + 1) / pieces;
      return band(centre - width / 2, centre + width / 2);
    });
  }
  const spaces = gaps(pieces + 1, 2 * (1 - fraction), random);
  let from = -1;
  return Array.from({ length: pieces }, (_, index) => {
    from += spaces[index]!;
    const made = band(from, from + width);
    from += width;
    return made;
  });
}

function band(from: number, to: number): Arc {
  return { from: Math.asin(Math.max(from, -1)), to: Math.asin(Math.min(to, 1)) };
}

/** `pieces` positive numbers with a given sum, uniform over all such. */
function gaps(pieces: number, sum: number, random: () => number): number[] {
  const weights = Array.from({ length: pieces }, () => -Math.log(1 - random()));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => (total > 0 ? (sum * weight) / total : sum / pieces));
}

/** Uniform numbers in [0, 1), the same for the same seed. */
export function uniform(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => uniformFloat64(generator);
}
