/** Particles in a box, before anything is known of what covers them. Lengths in m. */
export interface Arrangement {
  readonly width: number;
  readonly height: number;
  readonly circles: readonly { readonly x: number; readonly y: number; readonly radius: number }[];
}

/**
 * A rectangular lattice of equal disks, row by row from the bottom left.
 * Walls left and right are half a clearance away, so that every column sits in an identical cell;
 * bottom and top are a clearance away.
 */
export function lattice(columns: number, rows: number, radius: number, clearance: number): Arrangement {
  const pitch = 2 * radius + clearance;
  const circles = Array.from({ length: columns * rows }, (_, index) => ({
    x: pitch * ((index % columns) + 0.5),
    y: clearance + radius + pitch * Math.floor(index / columns),
    radius,
  }));
  return { width: columns * pitch, height: rows * pitch + clearance, circles };
}

/**
 * Equal spheres on the axis x = 0 of a can, from the bottom. The wall is a clearance away from the spheres,
 * bottom and top half a clearance, so that every sphere sits in an identical cell.
 */
export function stack(count: number, radius: number, clearance: number): Arrangement {
  const pitch = 2 * radius + clearance;
  const circles = Array.from({ length: count }, (_, index) => ({ x: 0, y: pitch * (index + 0.5), radius }));
  return { width: radius + clearance, height: count * pitch, circles };
}
