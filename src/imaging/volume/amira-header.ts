import type { OpenFile } from "./file.js";
import { edge } from "./length-unit.js";
import { Unreadable } from "./unreadable.js";
import type { Shape, VoxelSize } from "./volume.js";
import type { Words } from "./voxel-words.js";

/** One array on the lattice of an AmiraMesh file. */
export interface AmiraArray {
  readonly name: string;
  readonly words: Words;
  /** What its data stand behind, such as `@1`. */
  readonly mark: string;
  /** How its bytes are packed and how many they are then; null for plain ones. */
  readonly packing: { readonly name: "HxByteRLE" | "HxZip"; readonly bytes: number } | null;
}

export interface AmiraHeader {
  readonly shape: Shape;
  readonly voxelSize: VoxelSize | null;
  readonly encoding: "text" | "binary";
  /** In the order of their data. */
  readonly arrays: readonly AmiraArray[];
  /** First byte behind the header: the line with the first mark begins there. */
  readonly end: number;
}

/** A header lists all materials of a label field; of thousands it takes some hundred kilobytes. */
const longest = 2 ** 24;

const kinds: Readonly<Record<string, Omit<Words, "littleEndian">>> = {
  byte: { kind: "unsigned", bytes: 1 },
  short: { kind: "signed", bytes: 2 },
  ushort: { kind: "unsigned", bytes: 2 },
  int: { kind: "signed", bytes: 4 },
  int32: { kind: "signed", bytes: 4 },
  float: { kind: "float", bytes: 4 },
  double: { kind: "float", bytes: 8 },
};

/** @throws Unreadable */
export function amiraHeader(file: OpenFile): AmiraHeader {
  const { text, end } = headerText(file);
  const first = /^# (?:AmiraMesh|Avizo)(?: 3D)? +(ASCII|BINARY-LITTLE-ENDIAN|BINARY)\b/.exec(text);
  if (!first)
    throw new Unreadable(
      file.path,
      `found ${text.split("\n")[0]!.slice(0, 60)}; it begins with "# AmiraMesh" or "# Avizo" and ASCII, BINARY or BINARY-LITTLE-ENDIAN.`,
    );
  const plain = withoutComments(text);
  const shape = shapeOf(file.path, plain);
  return {
    shape,
    voxelSize: voxelSizeOf(file.path, plain, shape),
    encoding: first[1] === "ASCII" ? "text" : "binary",
    arrays: arraysOf(file.path, plain, first[1] === "BINARY-LITTLE-ENDIAN"),
    end,
  };
}

/** Everything before the line with the first mark. Units are written in either of two ways to write a micro sign. */
function headerText(file: OpenFile): { text: string; end: number } {
  for (let length = 65_536; ; length *= 16) {
    const bytes = file.bytes(0, Math.min(length, file.size));
    const mark = /\n@\d+[ \t]*\r?\n/.exec(new TextDecoder("latin1").decode(bytes));
    if (mark) {
      const header = bytes.subarray(0, mark.index + 1);
      const text = new TextDecoder().decode(header);
      return { text: text.includes("\ufffd") ? new TextDecoder("latin1").decode(header) : text, end: mark.index + 1 };
    }
    const begin = new TextDecoder("latin1").decode(bytes.subarray(0, 60)).split("\n")[0]!;
    if (length < longest && length < file.size) continue;
    throw new Unreadable(
      file.path,
      `found ${begin} but no line @1 behind a header; the file is cut short or of another kind.`,
    );
  }
}

function withoutComments(text: string): string {
  return text.replace(/^\s*#.*$/gm, "");
}

function shapeOf(path: string, text: string): Shape {
  const found = /^\s*define\s+Lattice\s+(\d+)\s+(\d+)(?:\s+(\d+))?\s*$/m.exec(text);
  if (found) return [Number(found[3] ?? 1), Number(found[2]), Number(found[1])];
  throw new Unreadable(
    path,
    "found no lattice with two or three axes (define Lattice 301 301 251); surfaces are no volume.",
  );
}

function voxelSizeOf(path: string, text: string, shape: Shape): VoxelSize | null {
  const coordinates = /\bCoordType\s+"([^"]*)"/.exec(text)?.[1] ?? "uniform";
  if (coordinates !== "uniform")
    throw new Unreadable(path, `found ${coordinates} coordinates; uniform ones are allowed. Resample the field.`);
  const unit = /\bUnits\s*\{[^}]*?\bCoordinates\s+"([^"]*)"/.exec(text)?.[1] ?? "";
  const box = /\bBoundingBox\s+([-+.\deE \t]+)/.exec(text)?.[1]?.trim().split(/\s+/).map(Number) ?? [];
  if (box.length !== 6) return null;
  const edges = [2, 1, 0].map((k, axis) => edge((box[2 * k + 1]! - box[2 * k]!) / Math.max(1, shape[axis]! - 1), unit));
  const [dz, dy, dx] = edges as [number | null, number | null, number | null];
  if (dy === null || dx === null) return null;
  if (shape[0] === 1) return [dx, dy, dx];
  return dz === null ? null : [dz, dy, dx];
}

function arraysOf(path: string, text: string, littleEndian: boolean): AmiraArray[] {
  const lines = text.matchAll(/\bLattice\s*\{\s*(\w+)(\[\d+\])?\s+(\w+)\s*\}\s*=?\s*(@\d+)\s*(?:\(([^)]*)\))?/g);
  const arrays = [...lines].map(([, type, several, name, mark, packed]): AmiraArray => {
    const kind = kinds[type!];
    if (!kind || several !== undefined) {
      const allowed = Object.keys(kinds).join(", ");
      throw new Unreadable(path, `found voxels of ${type}${several ?? ""}; one number each is allowed: ${allowed}.`);
    }
    return { name: name!, words: { ...kind, littleEndian }, mark: mark!, packing: packingOf(path, packed) };
  });
  return arrays.sort((a, b) => Number(a.mark.slice(1)) - Number(b.mark.slice(1)));
}

function packingOf(path: string, text: string | undefined): AmiraArray["packing"] {
  if (text === undefined) return null;
  const found = /^\s*(HxByteRLE|HxZip)\s*,\s*(\d+)\s*$/.exec(text);
  if (found) return { name: found[1] as "HxByteRLE" | "HxZip", bytes: Number(found[2]) };
  throw new Unreadable(path, `found data packed by ${text}; plain, HxByteRLE and HxZip ones are allowed.`);
}
