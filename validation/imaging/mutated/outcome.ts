import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readPicture } from "../../../src/imaging/volume/files.js";
import { Unreadable } from "../../../src/imaging/volume/unreadable.js";
import { voxelCount } from "../../../src/imaging/volume/volume.js";
import type { Seed } from "./format.js";

/** How reading a damaged file ended: voxels, one refusal in words, or anything else, which is a fault of the program. */
export type Outcome = { readonly ended: "read" | "refused" } | { readonly ended: "fault"; readonly message: string };

/** Writes a file or folder into an empty place below `folder`, and reads it. */
export async function outcomeOf(seed: Seed, folder: string): Promise<Outcome> {
  const place = join(folder, "mutated");
  rmSync(place, { recursive: true, force: true });
  mkdirSync(join(place, dirname(seed.open)), { recursive: true });
  for (const [name, bytes] of Object.entries(seed.files)) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    writeFileSync(join(place, name), bytes);
  }
  try {
    const { data, shape } = await readPicture(join(place, seed.open), seed.reading);
    if (data.length === voxelCount(shape) && data.length > 0) return { ended: "read" };
    return { ended: "fault", message: `${data.length} voxels of ${shape.join(" × ")}` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const proper = error instanceof Unreadable && !message.includes("\n") && message.length < place.length + 1000;
    if (proper) return { ended: "refused" };
    return { ended: "fault", message: `${(error as Error).name}: ${message.slice(0, 300)}` };
  }
}
