/** Abscissae and weights of Gauss's rule with ten points on (−1, 1); Abramowitz & Stegun, table 25.4. */
const points = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const weights = [0.2955242247147529, 0.2692667193099964, 0.219086362515982, 0.1494513491505806, 0.0666713443086881];

/**
 * Volume in m³ of a ball about the origin within the box `from` … `to`; area in m² of a disk in 2-D.
 * Slices across the last axis are exact, their sum is by Gauss's rule, to about 1e-3 of the ball.
 */
export function ballInBox(dimension: 2 | 3, radius: number, from: readonly number[], to: readonly number[]): number {
  if (dimension === 2) return diskInRectangle(radius, from, to);
  if (from.every((low, axis) => low <= -radius && to[axis] >= radius)) return (4 / 3) * Math.PI * radius ** 3;
  const low = Math.max(from[2], -radius);
  const high = Math.min(to[2], radius);
  if (high <= low) return 0;
  const [middle, half] = [(low + high) / 2, (high - low) / 2];
  let sum = 0;
  for (const [q, weight] of weights.entries()) {
    for (const side of [-1, 1]) {
      const z = middle + side * half * points[q];
      sum += weight * diskInRectangle(Math.sqrt(Math.max(0, radius * radius - z * z)), from, to);
    }
  }
  return sum * half;
}

function diskInRectangle(radius: number, from: readonly number[], to: readonly number[]): number {
  if (radius === 0) return 0;
  const below = (x: number, y: number) => diskBelow(radius, x, y);
  return Math.max(0, below(to[0], to[1]) - below(from[0], to[1]) - below(to[0], from[1]) + below(from[0], from[1]));
}

/** Area of a disk about the origin where x < a and y < b. */
function diskBelow(radius: number, a: number, b: number): number {
  if (a <= -radius || b <= -radius) return 0;
  const right = Math.min(a, radius);
  const top = Math.min(b, radius);
  const cut = Math.sqrt(Math.max(0, radius * radius - top * top));
  const half = (x: number) => halfDisk(radius, x);
  const inner = Math.max(-cut, Math.min(cut, right));
  const strip = top * (inner + cut);
  if (top < 0) return strip + half(inner) - half(-cut);
  const left = half(Math.min(right, -cut)) - half(-radius);
  const beyond = right > cut ? half(right) - half(cut) : 0;
  return half(right) - half(-radius) + left + strip + beyond;
}

/** ∫ √(r² − x²) dx from 0 */
function halfDisk(radius: number, x: number): number {
  return 0.5 * (x * Math.sqrt(Math.max(0, radius * radius - x * x)) + radius * radius * Math.asin(x / radius));
}
