/** Made-up particles: outlines and lithium as functions of place. Lengths in pixels of the picture, from its middle. */

/** Where a phase rich in lithium begins: positive inside, in pixels. */
export type Domain = (x: number, y: number) => number;

export interface Platelet {
  readonly name: string;
  /** |x/a|^p + |y/b|^p < 1 in axes turned by `turn` from x towards y; shares of the picture's edge. */
  readonly outline: { readonly a: number; readonly b: number; readonly p: number; readonly turn: number };
  /** Lengths in shares of the picture's edge. */
  readonly rich: Domain;
}

/** All within half a plane, from `offset` on along the direction `angle`. */
const front =
  (angle: number, offset: number): Domain =>
  (x, y) =>
    x * Math.cos(angle) + y * Math.sin(angle) - offset;

/** A band across the direction `angle`. */
const lamella =
  (angle: number, offset: number, half: number): Domain =>
  (x, y) =>
    half - Math.abs(x * Math.cos(angle) + y * Math.sin(angle) - offset);

const island =
  (cx: number, cy: number, radius: number): Domain =>
  (x, y) =>
    radius - Math.hypot(x - cx, y - cy);

const any =
  (...domains: readonly Domain[]): Domain =>
  (x, y) =>
    Math.max(...domains.map((domain) => domain(x, y)));

/** Five platelets as olivine phosphates look along [010]: fronts, lamellae, a core, islands. */
export const platelets: readonly Platelet[] = [
  { name: "P1", outline: { a: 0.4, b: 0.31, p: 3, turn: 0.2 }, rich: front(0.55, 0.02) },
  { name: "P2", outline: { a: 0.42, b: 0.29, p: 4, turn: -0.1 }, rich: lamella(0.75, 0.0, 0.11) },
  { name: "P3", outline: { a: 0.37, b: 0.36, p: 2.5, turn: 0 }, rich: island(0.03, -0.02, 0.19) },
  {
    name: "P4",
    outline: { a: 0.41, b: 0.3, p: 3, turn: 0.5 },
    rich: any(front(-0.9, 0.14), front(2.2, 0.1)),
  },
  {
    name: "P5",
    outline: { a: 0.4, b: 0.33, p: 2.5, turn: -0.4 },
    rich: any(lamella(0.3, -0.19, 0.05), island(0.15, 0.07, 0.12)),
  },
];

/** Positive inside a platelet; shares of the picture's edge. */
export function insidePlatelet({ outline: { a, b, p, turn } }: Platelet, x: number, y: number): number {
  const [c, s] = [Math.cos(turn), Math.sin(turn)];
  return 1 - (Math.abs((c * x + s * y) / a) ** p + Math.abs((c * y - s * x) / b) ** p) ** (1 / p);
}

/** Share of lithium: poor and rich phase, a border of `width`, and a slow rise along x. */
export function lithiumAt({ rich }: Platelet, x: number, y: number, width: number): number {
  return 0.5 + 0.42 * Math.tanh(rich(x, y) / width) + 0.15 * x;
}
