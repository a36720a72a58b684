import { cos, sin } from "../../elementary/elementary.js";

/** Directions spread evenly over the circle or the sphere, [direction][3]; Fibonacci's lattice on the sphere. */
export function evenDirections(dimension: 2 | 3, count: number): Float64Array {
  const out = new Float64Array(3 * count);
  const golden = Math.PI * (3 - Math.sqrt(5));
  for (let m = 0; m < count; m++) {
    if (dimension === 2) {
      const angle = (2 * Math.PI * (m + 0.5)) / count;
      out.set([cos(angle), sin(angle)], 3 * m);
    } else {
      const height = 1 - (2 * m + 1) / count;
      const across = Math.sqrt(1 - height * height);
      out.set([across * cos(golden * m), across * sin(golden * m), height], 3 * m);
    }
  }
  return out;
}
