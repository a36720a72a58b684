import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dataset } from "h5wasm/node";
import { hdf5Library } from "../../../src/imaging/volume/hdf5-library.js";
import type { MutatedFormat, Seed } from "./format.js";

/** HDF5 of old and new layouts: whole and in chunks, packed, with names of axes and a voxel size. */
export const mutatedHdf5: MutatedFormat = { name: "HDF5", count: 1000, seeds };

const packed = { chunks: [1, 3, 4], compression: "gzip" };
const dialects = [
  { libver: "earliest", options: {} },
  { libver: "latest", options: {} },
  { libver: "earliest", options: packed },
  { libver: "latest", options: packed },
] as const;

async function seeds(): Promise<Seed[]> {
  const { h5wasm, module } = await hdf5Library();
  const folder = mkdtempSync(join(tmpdir(), "synchrode-seeds-"));
  try {
    return dialects.map(({ libver, options }, k) => {
      const path = join(folder, `${k}.h5`);
      const file = new h5wasm.File(path, "w", { libver: [libver, "latest"] });
      const data = Uint8Array.from({ length: 24 }, (_, voxel) => voxel);
      const array = { name: "labels", data, shape: [2, 3, 4], dtype: "<B", ...options };
      const set = file.create_group("entry").create_dataset(array as never) as Dataset;
      set.create_attribute("element_size_um", [0.5, 0.4, 0.4]);
      for (const [axis, name] of ["z", "y", "x"].entries())
        module.set_dimension_label(file.file_id, set.path, axis, name);
      file.close();
      return { open: "a.h5", files: { "a.h5": new Uint8Array(readFileSync(path)) } };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
