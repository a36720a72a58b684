/** What one voxel holds, by name. */
export type VoxelType = "u8" | "u16" | "u32" | "i32" | "f32";

/** Voxels in a row, `[z][y][x]`. */
export type Voxels = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

/** Numbers of voxels, or voxels per axis, as `[z, y, x]`. */
export type Shape = readonly [number, number, number];

/** Edges of a voxel in µm, as `[z, y, x]`. */
export type VoxelSize = readonly [number, number, number];

/** A picture in three dimensions as a file holds it; the file may not say how large a voxel is. */
export interface Picture<V extends Voxels = Voxels> {
  /** `[z][y][x]` */
  readonly data: V;
  readonly shape: Shape;
  readonly voxelSize: VoxelSize | null;
  /** Names of the axes in the order of the shape. */
  readonly axes: readonly [string, string, string];
  /** Where it comes from and what was done to it, oldest first. */
  readonly provenance: readonly string[];
}

/** A picture whose voxels have a size. */
export interface Volume<V extends Voxels = Voxels> extends Picture<V> {
  readonly voxelSize: VoxelSize;
}

export const usualAxes = ["z", "y", "x"] as const;

/** Bytes of one voxel. */
export const voxelBytes: Readonly<Record<VoxelType, number>> = { u8: 1, u16: 2, u32: 4, i32: 4, f32: 4 };

/** Zeros of a type. */
export function zeros(type: VoxelType, count: number): Voxels {
  if (type === "u8") return new Uint8Array(count);
  if (type === "u16") return new Uint16Array(count);
  if (type === "u32") return new Uint32Array(count);
  return type === "i32" ? new Int32Array(count) : new Float32Array(count);
}

export function voxelType(data: Voxels): VoxelType {
  if (data instanceof Uint8Array) return "u8";
  if (data instanceof Uint16Array) return "u16";
  if (data instanceof Uint32Array) return "u32";
  return data instanceof Int32Array ? "i32" : "f32";
}

export function voxelCount([nz, ny, nx]: Shape): number {
  return nz * ny * nx;
}

/** Volume of a voxel, µm³. */
export function voxelVolume([dz, dy, dx]: VoxelSize): number {
  return dz * dy * dx;
}

/**
 * A volume from its parts.
 * @throws RangeError when the data do not fill the shape, or an edge of a voxel is no positive number.
 */
export function volume<V extends Voxels>(
  data: V,
  shape: Shape,
  voxelSize: VoxelSize,
  provenance: readonly string[] = [],
  axes: readonly [string, string, string] = usualAxes,
): Volume<V> {
  checkVoxelSize(voxelSize);
  if (data.length !== voxelCount(shape)) {
    throw new RangeError(
      `Making a volume: found ${data.length} voxels; the shape ${shape.join(" × ")} holds ${voxelCount(shape)}.`,
    );
  }
  return { data, shape, voxelSize, axes, provenance };
}

/** @throws RangeError when an edge is no positive number. */
function checkVoxelSize(voxelSize: VoxelSize): void {
  if (voxelSize.every((edge) => Number.isFinite(edge) && edge > 0)) return;
  throw new RangeError(`Making a volume: voxel edges of ${voxelSize.join(", ")} um; each is a number above 0.`);
}

/**
 * The same voxels taken to be of another size: nothing is computed again.
 * @param voxelSize µm
 */
export function rescaled<V extends Voxels>(of: Picture<V>, voxelSize: VoxelSize): Volume<V> {
  checkVoxelSize(voxelSize);
  return { ...of, voxelSize, provenance: [...of.provenance, resizedNote(voxelSize, of.voxelSize)] };
}

/** What provenance says of a voxel size that was set. */
export function resizedNote(voxelSize: VoxelSize, before: VoxelSize | null): string {
  const words = before === null ? "not stated" : `${before.join(" × ")} um`;
  return `voxel size set to ${voxelSize.join(" × ")} um (z, y, x); before: ${words}`;
}

/** A box of a volume, copied. `from` is its first voxel, `[z, y, x]`. */
export function crop<V extends Voxels>(of: Volume<V>, from: Shape, shape: Shape): Volume<V> {
  const [, ny, nx] = of.shape;
  const [nz, my, mx] = shape;
  if (from.some((start, axis) => start < 0 || start + shape[axis] > of.shape[axis])) {
    throw new RangeError(
      `Cropping a volume: a box of ${shape.join(" × ")} at ${from.join(", ")} is not inside ${of.shape.join(" × ")}.`,
    );
  }
  const data = zeros(voxelType(of.data), voxelCount(shape)) as V;
  for (let z = 0, to = 0; z < nz; z++) {
    for (let y = 0; y < my; y++, to += mx) {
      const start = ((from[0] + z) * ny + from[1] + y) * nx + from[2];
      data.set(of.data.subarray(start, start + mx), to);
    }
  }
  return { ...of, data, shape, provenance: [...of.provenance, `cropped: ${shape.join(" × ")} at ${from.join(", ")}`] };
}
