import { type AmiraEntry, amiraStatements, onlyEntry } from "./amira-statements.js";
import type { OpenFile } from "./file.js";
import { checkFields, refusedField } from "./header-fields.js";
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

/**
 * Statements are obeyed or refused. Of the parameters count those that say where voxels lie and how large they are; the others
 * are what programs and people note, and say nothing about the voxels.
 * @throws Unreadable
 */
export function amiraHeader(file: OpenFile): AmiraHeader {
  const { text, end } = headerText(file);
  const first = /^# (?:AmiraMesh|Avizo)(?: 3D)? +(ASCII|BINARY-LITTLE-ENDIAN|BINARY)\b/.exec(text);
  if (!first)
    throw new Unreadable(
      file.path,
      `found ${text.split("\n")[0].slice(0, 60)}; it begins with "# AmiraMesh" or "# Avizo" and ASCII, BINARY or BINARY-LITTLE-ENDIAN.`,
    );
  const statements = amiraStatements(file.path, withoutComments(text)).map(titled);
  const shape = shapeOf(file.path, statements);
  checkFields(
    file.path,
    "AmiraMesh header",
    statements.map(({ name }) => name),
    rules,
  );
  return {
    shape,
    voxelSize: voxelSizeOf(file.path, statements, shape),
    encoding: first[1] === "ASCII" ? "text" : "binary",
    arrays: arraysOf(file.path, statements, first[1] === "BINARY-LITTLE-ENDIAN"),
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
    const begin = new TextDecoder("latin1").decode(bytes.subarray(0, 60)).split("\n")[0];
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

/** What a header may state besides: where data stand, and what Amira notes about them. */
const rules = { honoured: new Set(["define Lattice", "Parameters", "Lattice"]), harmless: new Set<string>() };

/** `define Lattice` is a statement of that name. */
function titled({ name, values: [first, ...values], inside }: AmiraEntry): AmiraEntry {
  if (name === "define") return { name: `define ${first ?? ""}`.trim(), values, inside };
  return { name, values: first === undefined ? [] : [first, ...values], inside };
}

function shapeOf(path: string, statements: readonly AmiraEntry[]): Shape {
  const counts = onlyEntry(path, statements, "define Lattice")?.values ?? [];
  const [nx, ny, nz = "1"] = counts;
  if (counts.length > 3 || counts.length < 2 || !counts.every((count) => /^\d+$/.test(count)))
    throw new Unreadable(
      path,
      "found no lattice with two or three axes (define Lattice 301 301 251); surfaces are no volume.",
    );
  return [Number(nz), Number(ny), Number(nx)];
}

/** What a length is measured in, and the box that the middles of the outermost voxels span. */
function voxelSizeOf(path: string, statements: readonly AmiraEntry[], shape: Shape): VoxelSize | null {
  const parameters = onlyEntry(path, statements, "Parameters")?.inside ?? [];
  const of = (name: string) => onlyEntry(path, parameters, name);
  const coordinates = of("CoordType")?.values.join(" ") ?? "uniform";
  if (coordinates !== "uniform")
    throw new Unreadable(path, `found ${coordinates} coordinates; uniform ones are allowed. Resample the field.`);
  checkTransformation(path, of("TransformationMatrix"));
  const unit = onlyEntry(path, of("Units")?.inside ?? [], "Coordinates")?.values.join(" ") ?? "";
  const bounds = of("BoundingBox");
  if (bounds === undefined) return null;
  const box = bounds.values.map(Number);
  if (box.length !== 6 || !box.every(Number.isFinite))
    refusedField(path, "BoundingBox", bounds.values.join(" "), "six numbers: first and last x, y, z");
  const edges = [2, 1, 0].map((k, axis) => edge((box[2 * k + 1] - box[2 * k]) / Math.max(1, shape[axis] - 1), unit));
  const [dz, dy, dx] = edges as [number | null, number | null, number | null];
  if (dy === null || dx === null) return null;
  if (shape[0] === 1) return [dx, dy, dx];
  return dz === null ? null : [dz, dy, dx];
}

/** A field that was turned or moved has the voxels it had; one that was stretched has others. */
function checkTransformation(path: string, matrix: AmiraEntry | undefined): void {
  if (matrix === undefined) return;
  const m = matrix.values.map(Number);
  const along = [0, 4, 8].map((row) => m.slice(row, row + 3));
  const product = (a: number, b: number) => along[a].reduce((sum, value, k) => sum + value * along[b][k], 0);
  const near = (value: number, due: number) => Math.abs(value - due) <= 1e-4;
  const rigid = [0, 1, 2].every((a) => [0, 1, 2].every((b) => near(product(a, b), a === b ? 1 : 0)));
  const plain = near(m[3], 0) && near(m[7], 0) && near(m[11], 0) && near(m[15], 1);
  if (m.length === 16 && rigid && plain) return;
  const allowed = "16 numbers that turn and move. Apply the transformation in Amira (Resample Transformed Image)";
  refusedField(path, "TransformationMatrix", matrix.values.join(" "), allowed);
}

function arraysOf(path: string, statements: readonly AmiraEntry[], littleEndian: boolean): AmiraArray[] {
  const arrays = statements
    .filter((each) => each.name === "Lattice")
    .map(({ inside, values }) => arrayOf(path, inside ?? [], values, littleEndian));
  const marks = arrays.map(({ mark }) => mark);
  const twice = marks.find((mark, k) => marks.indexOf(mark) !== k);
  if (twice !== undefined) throw new Unreadable(path, `found two arrays behind the mark ${twice} in its header.`);
  return arrays.sort((a, b) => Number(a.mark.slice(1)) - Number(b.mark.slice(1)));
}

/** `{ byte Labels } @1(HxByteRLE,123)` */
function arrayOf(
  path: string,
  inside: readonly AmiraEntry[],
  values: readonly string[],
  littleEndian: boolean,
): AmiraArray {
  const [type, name] = inside.map((each) => each.name);
  const [, mark, packed] = /^(@\d+)[ \t]*(?:\(([^)]*)\))?$/.exec(values[0] ?? "") ?? [];
  if (type === undefined || name === undefined || inside.length > 2 || mark === undefined || values.length > 1)
    throw new Unreadable(
      path,
      `found the statement Lattice { ${inside.map((each) => each.name).join(" ")} } ${values.join(" ")}; a type, a name and one mark are due, as in Lattice { byte Labels } @1.`,
    );
  const kind = kinds[type];
  if (!kind) {
    const allowed = Object.keys(kinds).join(", ");
    throw new Unreadable(path, `found voxels of ${type}; one number each is allowed: ${allowed}.`);
  }
  return { name, words: { ...kind, littleEndian }, mark, packing: packingOf(path, packed) };
}

function packingOf(path: string, text: string | undefined): AmiraArray["packing"] {
  if (text === undefined) return null;
  const found = /^\s*(HxByteRLE|HxZip)\s*,\s*(\d+)\s*$/.exec(text);
  if (found) return { name: found[1] as "HxByteRLE" | "HxZip", bytes: Number(found[2]) };
  throw new Unreadable(path, `found data packed by ${text}; plain, HxByteRLE and HxZip ones are allowed.`);
}
