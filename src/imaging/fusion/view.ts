import { inverse, Matrix } from "ml-matrix";
import {
  type Shape,
  type Volume,
  type VoxelSize,
  type Voxels,
  voxelCount,
  voxelType,
  zeros,
} from "../volume/volume.js";

type Weights = readonly [number, number, number];

/**
 * A way to cut a picture into slices. Slice, row and column of a voxel are whole-number sums of its z, y and x, so that
 * each voxel has one place in the stack and none is interpolated, along diagonals as well.
 */
export interface View {
  readonly name: string;
  /** Weights of z, y, x. */
  readonly slice: Weights;
  readonly row: Weights;
  readonly column: Weights;
}

const [alongZ, alongY, alongX] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;

const straight: readonly View[] = [
  { name: "xy", slice: alongZ, row: alongY, column: alongX },
  { name: "xz", slice: alongY, row: alongZ, column: alongX },
  { name: "yz", slice: alongX, row: alongZ, column: alongY },
];

/** Planes on which the sum, or the difference, of two coordinates is the same; named after it. */
const diagonal: readonly View[] = [
  { name: "x+z", slice: [1, 0, 1], row: alongY, column: alongX },
  { name: "x-z", slice: [-1, 0, 1], row: alongY, column: alongX },
  { name: "y+z", slice: [1, 1, 0], row: alongY, column: alongX },
  { name: "y-z", slice: [-1, 1, 0], row: alongY, column: alongX },
  { name: "x+y", slice: [0, 1, 1], row: alongZ, column: alongX },
  { name: "x-y", slice: [0, -1, 1], row: alongZ, column: alongX },
];

/** Three views along the axes, six along diagonals. */
export const views: readonly View[] = [...straight, ...diagonal];

/** @throws RangeError with the names that there are */
export function viewNamed(name: string): View {
  const found = views.find((view) => view.name === name);
  if (found) return found;
  throw new RangeError(
    `Choosing a view: found ${name}; allowed: ${views.map((view) => view.name).join(", ")} (the plane of its slices, or the sum that is the same on them).`,
  );
}

/** Numbers of slices, rows and columns of a picture seen so. */
export function stackShape({ slice, row, column }: View, shape: Shape): Shape {
  const count = (weights: Weights) =>
    weights.reduce((sum, weight, axis) => sum + Math.abs(weight) * (shape[axis] - 1), 1);
  return [count(slice), count(row), count(column)];
}

/** Distances of slices, rows and columns, µm. */
export function stackVoxelSize({ slice, row, column }: View, voxelSize: VoxelSize): VoxelSize {
  const steps = inverse(new Matrix([[...slice], [...row], [...column]]));
  const along = (k: number) => Math.hypot(...voxelSize.map((edge, axis) => steps.get(axis, k) * edge));
  const [rowStep, columnStep] = [along(1), along(2)];
  const round = (length: number) => Number(length.toPrecision(12));
  const spacing = (voxelSize[0] * voxelSize[1] * voxelSize[2]) / (rowStep * columnStep);
  return [round(spacing), round(rowStep), round(columnStep)];
}

/** Calls back for each row of a picture: its first voxel, that voxel's place in the stack, and the step to the next. */
function eachRow(view: View, shape: Shape, visit: (i: number, k: number, step: number) => void): void {
  const [, rows, columns] = stackShape(view, shape);
  const place = (weights: Weights) => {
    const least = weights.reduce((sum, weight, axis) => sum + Math.min(0, weight) * (shape[axis] - 1), 0);
    return (z: number, y: number) => weights[0] * z + weights[1] * y - least;
  };
  const [sliceAt, rowAt, columnAt] = [place(view.slice), place(view.row), place(view.column)];
  const step = (view.slice[2] * rows + view.row[2]) * columns + view.column[2];
  for (let z = 0; z < shape[0]; z++) {
    for (let y = 0; y < shape[1]; y++) {
      visit((z * shape[1] + y) * shape[2], (sliceAt(z, y) * rows + rowAt(z, y)) * columns + columnAt(z, y), step);
    }
  }
}

/** The stack of slices of a view; places beyond the picture, which diagonal cuts have, hold 0. */
export function cutAlong(view: View, { data, shape, voxelSize, provenance }: Volume): Volume {
  const due = stackShape(view, shape);
  const stack = zeros(voxelType(data), voxelCount(due));
  eachRow(view, shape, (i, k, step) => {
    for (let x = 0; x < shape[2]; x++) stack[k + x * step] = data[i + x];
  });
  return {
    data: stack,
    shape: due,
    voxelSize: stackVoxelSize(view, voxelSize),
    axes: ["slice", "row", "column"],
    provenance: [...provenance, `cut along ${view.name}`],
  };
}

/**
 * The exact inverse of `cutAlong`: voxels of a stack in the order of the picture.
 * @param stack `[slice][row][column]`
 * @param shape of the picture
 */
export function putBack<V extends Voxels>(view: View, stack: V, shape: Shape): V {
  const data = zeros(voxelType(stack), voxelCount(shape)) as V;
  eachRow(view, shape, (i, k, step) => {
    for (let x = 0; x < shape[2]; x++) data[i + x] = stack[k + x * step];
  });
  return data;
}

/** @throws RangeError when a stack is not one of this view of the picture */
export function checkStack(view: View, found: Shape, shape: Shape): void {
  const due = stackShape(view, shape);
  if (due.every((count, axis) => count === found[axis])) return;
  throw new RangeError(
    `Reading the view ${view.name}: found ${found.join(" × ")} slices, rows and columns; a picture of ${shape.join(" × ")} (z, y, x) has ${due.join(" × ")} of them in this view. --reslice writes them so.`,
  );
}
