/**
 * Quadrature rules on the reference triangle (0,0)–(1,0)–(0,1), weights summing to 1/2.
 * Symmetric rules of D. A. Dunavant, Int. J. Numer. Methods Eng. 21 (1985) 1129–1148.
 */
export interface Quadrature {
  /** Polynomials up to this degree are integrated exactly. */
  readonly degree: number;
  /** `[point][dimension]` in the reference cell. */
  readonly points: Float64Array;
  /** `[point]` */
  readonly weights: Float64Array;
}

/** A symmetric orbit: 1 point at the centroid, or 3 points at barycentric (a, a, 1 − 2a). */
type Orbit = readonly [weight: number, a?: number];

const orbits: Readonly<Record<number, readonly Orbit[]>> = {
  1: [[1]],
  2: [[1 / 3, 1 / 6]],
  4: [
    [0.22338158967801147, 0.4459484909159649],
    [0.10995174365532187, 0.09157621350977074],
  ],
  5: [
    [0.225],
    [(155 + Math.sqrt(15)) / 1200, (6 + Math.sqrt(15)) / 21],
    [(155 - Math.sqrt(15)) / 1200, (6 - Math.sqrt(15)) / 21],
  ],
};

/** The smallest rule that is exact for polynomials of this degree; degree 1 to 5. */
export function triangleQuadrature(degree: number): Quadrature {
  const exact = Object.keys(orbits)
    .map(Number)
    .find((d) => d >= degree);
  if (exact === undefined) {
    throw new RangeError(`Choosing a triangle rule: degree ${degree} was asked for, degrees 1 to 5 exist.`);
  }
  const points: number[] = [];
  const weights: number[] = [];
  for (const [weight, a] of orbits[exact]) {
    const corners =
      a === undefined
        ? [[1 / 3, 1 / 3]]
        : [
            [a, a],
            [a, 1 - 2 * a],
            [1 - 2 * a, a],
          ];
    for (const corner of corners) {
      points.push(...corner);
      weights.push(weight / 2);
    }
  }
  return { degree: exact, points: Float64Array.from(points), weights: Float64Array.from(weights) };
}
