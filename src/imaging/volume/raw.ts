import { existsSync } from "node:fs";
import * as z from "zod";
import { fileText } from "../../folder/read-file.js";
import { checkClaim } from "./capacity.js";
import { withFile } from "./file.js";
import type { RawLayout, VolumeFormat } from "./format.js";
import { edge } from "./length-unit.js";
import { pagesInMemory } from "./pages.js";
import { Unreadable } from "./unreadable.js";
import { usualAxes, voxelBytes, voxelCount } from "./volume.js";
import { unpack, type Words } from "./voxel-words.js";

/** Plain numbers, their layout in a JSON file of the same name and the ending `.json`. */
export const raw: VolumeFormat = {
  name: "raw",
  looks: "*.raw beside *.raw.json",
  recognises: (path, _, folder) => !folder && /\.(raw|bin|vol)$/i.test(path),
  read: (path, { layout, ...reading }) =>
    withFile(path, (file) => {
      const { shape, type, littleEndian, skip, voxelSize } = layout ?? readSidecar(path);
      checkClaim({ path, shape, type, stored: file.size - skip, packed: false, reading });
      const behind = file.size - skip - voxelCount(shape) * voxelBytes[type];
      if (behind > 0)
        throw new Unreadable(
          path,
          `found ${behind} bytes more than the ${shape.join(" × ")} voxels of ${type} behind ${skip} bytes that are told of it; say what it holds to its last byte, in the file beside: shape, type, skip.`,
        );
      const words: Words = {
        kind: type === "f32" ? "float" : type === "i32" ? "signed" : "unsigned",
        bytes: voxelBytes[type],
        littleEndian,
      };
      const pages = (reading.pages ?? pagesInMemory)(shape, type);
      const length = shape[1] * shape[2] * words.bytes;
      for (let z = 0; z < shape[0]; z++) {
        unpack(path, file.bytes(skip + z * length, length), words, pages.at(z), 0);
        pages.done(z);
      }
      return { data: pages.all, shape, voxelSize, axes: usualAxes, provenance: [`read from raw ${path}`] };
    }),
};

const triple = z.tuple([z.number(), z.number(), z.number()]);

const sidecar = z.strictObject({
  shape: triple,
  type: z.enum(["u8", "u16", "u32", "i32", "f32"]),
  byteOrder: z.enum(["little", "big"]).default("little"),
  skip: z.number().int().min(0).default(0),
  voxelSize: z.union([z.number(), triple]).optional(),
  unit: z.string().default("um"),
});

const example =
  '{"shape": [251, 301, 301], "type": "u8", "byteOrder": "little", "voxelSize": 0.398, "unit": "um"} with shape and size as z, y, x';

/** @throws Unreadable with an example of what is due. */
function readSidecar(path: string): RawLayout {
  const beside = [`${path}.json`, path.replace(/\.[^.]+$/, ".json")].find((candidate) => existsSync(candidate));
  if (beside === undefined) throw new Unreadable(path, `found no ${path}.json, which says what it holds: ${example}.`);
  const text = fileText(beside);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw new Unreadable(beside, `it is no JSON (${(error as Error).message}).`);
  }
  const checked = sidecar.safeParse(parsed);
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new Unreadable(beside, `${issue.path.join(".") || "content"}: ${issue.message}; an example: ${example}.`);
  }
  const { shape, type, byteOrder, skip, voxelSize, unit } = checked.data;
  const edges = typeof voxelSize === "number" ? [voxelSize, voxelSize, voxelSize] : voxelSize;
  const sizes = edges?.map((value) => edge(value, unit));
  if (sizes?.some((size) => size === null)) {
    throw new Unreadable(
      beside,
      `found the voxel size ${edges!.join(", ")} ${unit}; numbers above 0 and a unit of length are due.`,
    );
  }
  const size = sizes === undefined ? null : (sizes as [number, number, number]);
  return { shape, type, littleEndian: byteOrder === "little", skip, voxelSize: size };
}
