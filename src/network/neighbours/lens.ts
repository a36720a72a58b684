/**
 * What two balls (3-D, m³) or disks (2-D, m²) of radii a and b at a distance of centres d have in common.
 * Weisstein, "Sphere-Sphere Intersection" (16) and "Circle-Circle Intersection" (14), MathWorld.
 */
export function commonMeasure(dimension: 2 | 3, a: number, b: number, d: number): number {
  if (d >= a + b) return 0;
  const small = Math.min(a, b);
  if (d <= Math.abs(a - b)) return dimension === 3 ? (4 / 3) * Math.PI * small ** 3 : Math.PI * small ** 2;
  if (dimension === 3) return (Math.PI * (a + b - d) ** 2 * (d * d + 2 * d * (a + b) - 3 * (a - b) ** 2)) / (12 * d);
  const angle = (r: number, other: number) => Math.acos(clamped((d * d + r * r - other * other) / (2 * d * r)));
  const kite = Math.sqrt(Math.max(0, (a + b - d) * (d + a - b) * (d - a + b) * (d + a + b)));
  return a * a * angle(a, b) + b * b * angle(b, a) - kite / 2;
}

function clamped(cosine: number): number {
  return Math.max(-1, Math.min(1, cosine));
}
