/**
 * Toughness between opening (x = 0) and shear (x = 1).
 *
 *   BK          G_c = G_I + (G_II − G_I) x^η
 *   power law   G_c = [((1 − x)/G_I)^η + (x/G_II)^η]^(−1/η)
 *
 *   G_I, G_II  J/m²  toughnesses;   η  –  exponent;   x  –  share of shear
 *
 * Source: Benzeggagh & Kenane, Compos. Sci. Technol. 56 (1996) 439–449.
 */
import { pow } from "../../../elementary/elementary.js";
import { means, number, section, word } from "../../../schema/leaf.js";

type Toughness = (normal: number, shear: number, exponent: number, x: number) => number;

const interpolations = {
  "benzeggagh-kenane": (normal, shear, exponent, x) => normal + (shear - normal) * pow(x, exponent),
  power: (normal, shear, exponent, x) => pow(pow((1 - x) / normal, exponent) + pow(x / shear, exponent), -1 / exponent),
} as const satisfies Readonly<Record<string, Toughness>>;

type Interpolation = keyof typeof interpolations;

/** How opening and shear act together, as a file says it. */
export const mixedMode = means(
  "how opening and shear act together",
  section({
    kind: means(
      "the interpolation between both",
      word(Object.keys(interpolations) as [Interpolation, ...Interpolation[]]).default("benzeggagh-kenane"),
    ),
    exponent: means("exponent of the law", number(0, 20, { low: true }).default(2)),
  }).prefault({}),
);

/** G_c in J/m² at a share `x` of shear. */
export function toughnessAt(
  { normalToughness, shearToughness, mixedMode: { kind, exponent } }: Mixed,
  x: number,
): number {
  return interpolations[kind](normalToughness, shearToughness, exponent, x);
}

interface Mixed {
  readonly normalToughness: number;
  readonly shearToughness: number;
  readonly mixedMode: { readonly kind: Interpolation; readonly exponent: number };
}
