import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { type Shape, volume } from "../../src/imaging/volume/volume.js";
import { columnOf, readParticleTable } from "../../src/table/particle-table.js";
import { amiraFile, plainAmira } from "../imaging/amira-file.js";
import { scratchFolder } from "../scratch-folder.js";
import { say } from "./said.js";

const scratch = scratchFolder();

let files = 0;
const written = (content: Uint8Array | string, ending = "am") => scratch.written(`${files++}.${ending}`, content);

const shape: Shape = [3, 5, 7];
const runs = Array.from({ length: 105 }, (_, i) => i % 9);

describe("labels of other programs", () => {
  const cube: Shape = [12, 12, 12];
  /** Two blocks, numbered with a gap. */
  const labels = Array.from({ length: 12 ** 3 }, (_, i) => {
    const [z, y, x] = [Math.floor(i / 144), Math.floor(i / 12) % 12, i % 12];
    const inside = z > 1 && z < 10 && y > 1 && y < 10;
    return inside && x > 0 && x < 5 ? 3 : inside && x > 6 && x < 11 ? 90 : 0;
  });
  const phases = labels.map((label) => (label > 0 ? 1 : 0));

  async function measured(labelPath: string, ...words: string[]) {
    const bare = written(new Uint8Array(), "tif");
    writeTiff(bare, { ...volume(Uint8Array.from(phases), cube, [1, 1, 1]), voxelSize: null });
    const out = join(scratch.folder, `out-${files++}`);
    return { ...(await say("measure", bare, labelPath, ...words, "--out", out)), out };
  }

  it("of Avizo are measured, with the voxel size that only they state", async () => {
    const path = written(
      amiraFile(labels, cube, { ...plainAmira, packing: "HxByteRLE", boundingBox: "0 5.5 0 5.5 0 5.5" }),
    );
    const { status, out } = await measured(path);
    expect(status).toBe(0);
    const table = readParticleTable(readFileSync(join(out, "particles.csv"), "utf8"));
    expect([...columnOf(table, "Volume [um3]")]).toEqual([32, 32]);
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8"));
    expect(summary.voxelSize).toEqual([0.5, 0.5, 0.5]);
    expect(summary.particles).toBe(2);
  });

  it("of Cellpose and StarDist are measured", async () => {
    const path = written(new Uint8Array(), "tif");
    writeTiff(path, { ...volume(Uint16Array.from(labels), cube, [1, 1, 1]), voxelSize: null });
    expect((await measured(path)).err).toContain("found no voxel size");
    expect((await measured(path, "--voxel-size", "500 nm")).status).toBe(0);
  });

  it("in Cellpose's own file are refused, with what to do", async () => {
    const header = "{'descr': '|O', 'fortran_order': False, 'shape': (), }\n";
    const path = written(
      Buffer.concat([
        Buffer.from([0x93]),
        Buffer.from("NUMPY"),
        Buffer.from([1, 0, header.length, 0]),
        Buffer.from(`${header}\x80\x04`),
      ]),
      "npy",
    );
    const { status, err } = await measured(path);
    expect(status).toBe(2);
    expect(err).toMatch(/_seg\.npy.*numpy\.save\('masks\.npy'/);
  });

  it("of another size than the volume are refused", async () => {
    const { status, err } = await measured(written(amiraFile(runs, shape, plainAmira)));
    expect(status).toBe(2);
    expect(err).toContain("found 3 × 5 × 7 voxels; the volume has 12 × 12 × 12");
  });
});
