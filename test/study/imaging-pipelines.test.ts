import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { usualMatter } from "../../src/imaging/matter/matter-map.js";
import { usualSegment } from "../../src/imaging/segmentation/segment.js";
import { writeTiff } from "../../src/imaging/volume/tiff-writer.js";
import { volume } from "../../src/imaging/volume/volume.js";
import { InputRefused, measureParticles, StoppedKeeping, segmentTomogram } from "../../src/index.js";
import { say } from "../cli/said.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder } = scratchFolder();
const at = (name: string) => join(folder, name);

/** Eight cubes of active material, apart by pores. */
beforeAll(() => {
  const inside = (i: number) => [i % 16, Math.floor(i / 16) % 16, Math.floor(i / 256)].every((k) => k % 8 > 0);
  const voxels = Uint8Array.from({ length: 16 ** 3 }, (_, i) => (inside(i) ? 1 : 0));
  writeTiff(at("cubes.tif"), volume(voxels, [16, 16, 16], [0.4, 0.4, 0.4]));
});

const picture = () => ({ path: at("cubes.tif"), which: {} });
const room = { chunk: null, memory: 2e9 };
const watch = (signal = new AbortController().signal) => ({ signal, told: () => {}, say: () => {} });
const segmenting = (out: string) => {
  return { picture: picture(), settings: usualSegment, views: null, backend: "cpu", room, folder: at(out) } as const;
};

describe("work on pictures from a program", () => {
  it("finds and measures what the commands do, in the same bits", async () => {
    const found = await segmentTomogram(segmenting("found"), watch());
    expect(found).toMatchObject({ particles: 8, shape: [16, 16, 16], voxelSize: [0.4, 0.4, 0.4] });
    expect((await say("segment", at("cubes.tif"), "--backend", "cpu", "--out", at("said"))).status).toBe(0);
    for (const file of ["labels.tif", "particles.csv", "contacts.csv", "summary.json"])
      expect(readFileSync(join(at("found"), file)).equals(readFileSync(join(at("said"), file))), file).toBe(true);
    expect(existsSync(join(at("found"), "report.html"))).toBe(false);
    const settings = { register: "physical", rim: 0, closing: 0, matter: usualMatter } as const;
    const labels = { path: join(at("found"), "labels.tif"), which: {} };
    const measured = await measureParticles(
      { picture: picture(), labels, settings, room, folder: at("measured") },
      watch(),
    );
    expect(measured.particles).toBe(8);
    const table = (name: string) => readFileSync(join(at(name), "particles.csv"), "utf8");
    expect(table("measured")).toContain("Sphericity");
  });

  it("says what it cannot use, and keeps what was finished before the signal", async () => {
    const little = { ...segmenting("little"), room: { chunk: null, memory: 1 } };
    await expect(segmentTomogram(little, watch())).rejects.toThrow(InputRefused);
    const controller = new AbortController();
    const told = ({ stage }: { readonly stage: string }) => stage === "phases" && controller.abort();
    const stopped = segmentTomogram(segmenting("stopped"), { ...watch(controller.signal), told });
    await expect(stopped).rejects.toMatchObject({ finished: ["labels"], stage: "phases" });
    await expect(stopped).rejects.toThrow(StoppedKeeping);
    expect(JSON.parse(readFileSync(join(at("stopped"), "summary.json"), "utf8"))).toMatchObject({ status: "stopped" });
  });
});
