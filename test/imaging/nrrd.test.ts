import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";

const folder = mkdtempSync(join(tmpdir(), "synchrode-"));
afterAll(() => rmSync(folder, { recursive: true }));

const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
const data = [...counted];
let made = 0;

/** A file whose header has these lines besides the usual ones, and bytes behind it. */
function nrrdFile(lines: readonly string[], bytes: Uint8Array | string = counted): string {
  const usual = ["type: uint8", "dimension: 3", "sizes: 4 3 2", "encoding: raw"];
  const name = (line: string) => line.split(":")[0];
  const kept = usual.filter((line) => !lines.some((other) => name(other) === name(line)));
  const path = join(folder, `${made++}.nrrd`);
  writeFileSync(
    path,
    Buffer.concat([Buffer.from(`NRRD0005\n${[...kept, ...lines].join("\n")}\n\n`), Buffer.from(bytes)]),
  );
  return path;
}

const voxels = async (...file: Parameters<typeof nrrdFile>) => [...(await readPicture(nrrdFile(...file))).data];
const sizeOf = async (...lines: string[]) => (await readPicture(nrrdFile(lines))).voxelSize;
const refused = (lines: readonly string[], words: RegExp, bytes?: Uint8Array | string) =>
  expect(readPicture(nrrdFile(lines, bytes))).rejects.toThrow(words);

describe("NRRD", () => {
  it("skips the bytes and lines that its header names, and no others", async () => {
    const behind = (text: string) => Buffer.concat([Buffer.from(text), counted]);
    expect(await voxels(["byte skip: 5"], behind("12345"))).toEqual(data);
    expect(await voxels(["byteskip: -1"], behind("any number"))).toEqual(data);
    expect(await voxels(["line skip: 2"], behind("one\ntwo\n"))).toEqual(data);
    expect(await voxels(["line skip: 1", "byte skip: 2"], behind("one\n12"))).toEqual(data);
    const packed = gzipSync(behind("12345"));
    expect(await voxels(["encoding: gzip", "byte skip: 5"], packed)).toEqual(data);
    writeFileSync(join(folder, "a.raw"), behind("12345"));
    expect(await voxels(["byte skip: -1", "data file: a.raw"], "")).toEqual(data);
    await refused([], /5 bytes more than the data; .*byte skip: -1/, behind("12345"));
    await refused(["byte skip: 5"], /found 19 bytes of data; 24 are due/);
    await refused(["byte skip: -2"], /byte skip: -2; allowed: whole numbers from -1 on/);
    await refused(["encoding: gzip", "byte skip: -1"], /byte skip/, packed);
    await refused(["line skip: 3"], /0 of the 3 lines/, new Uint8Array(24).fill(7));
  });

  it("reads text, and refuses numbers that the type cannot hold", async () => {
    expect(await voxels(["encoding: text"], data.join(" "))).toEqual(data);
    expect(await voxels(["encoding: ascii", "type: float"], data.map((k) => `${k}.5e0`).join("\n"))).toEqual(
      data.map((k) => k + 0.5),
    );
    await refused(
      ["encoding: text"],
      /voxel value 256; whole numbers from 0 to 255/,
      [...data.slice(1), 256].join(" "),
    );
    await refused(["encoding: text"], /found abc where voxel 1 is due/, ["abc", ...data].join(" "));
    await refused(["encoding: text"], /more than the 24 numbers/, [...data, 1].join(" "));
    await refused(["encoding: hex"], /encoding: hex; allowed: raw, gzip and text/);
  });

  it("refuses fields that it does not know, those that stand twice and those that contradict each other", async () => {
    await refused(["block size: 3"], /field "block size" .*which is not read/);
    await refused(["type: short", "endian: middle"], /endian: middle; allowed: little and big/);
    await refused(["spacings: 1 1 1", "spacings: 2 2 2"], /"spacings" twice/);
    await refused(["dimension: 4"], /dimension 4 and the sizes 4 3 2/);
    await refused(["spacings: 1 1"], /spacings: 1 1; allowed: one number an axis, 3/);
    await refused(["sizes: 4 3 2.0x"], /sizes: 4 3 2.0x/);
    await refused(["data file: LIST", "a.raw", "b.raw"], /data file: LIST.*one file/);
    await refused(["data file: a%03d.raw 1 3 1"], /data file: a%03d.raw/);
    await refused(["no field at all"], /line "no field at all"/);
    const harmless = ["content: x", "old min: 0", "oldmax: 9", "space origin: (0,0,0)", "key:=value", "# note"];
    expect(await voxels(harmless)).toEqual(data);
  });

  it("takes the voxel size from spacings or from directions at right angles", async () => {
    expect(await sizeOf("spacings: 0.1 0.2 300", 'units: "um" "um" "nm"')).toEqual([0.3, 0.2, 0.1]);
    const units = 'space units: "um" "um" "mm"';
    expect(await sizeOf("space directions: (0.1,0,0) (0,-0.2,0) (0,0,0.003)", units)).toEqual([3, 0.2, 0.1]);
    expect(await sizeOf("space directions: (3,4,0) (-4,3,0) (0,0,1)", 'space units: "um" "um" "um"')).toEqual([
      1, 5, 5,
    ]);
    await refused(["space directions: (1,0,0) (1,1,0) (0,0,1)"], /right angles/);
    await refused(["space directions: (1,0,0) (0,1,0)"], /a vector of numbers or none for each of 3 axes/);
    await refused(["space directions: (1,0,0) (0,1,0) (0,0,1)", "spacings: 1 1 1"], /one of them is due/);
  });

  it("places axes by kinds and labels, and takes one of several channels", async () => {
    const layers = ["dimension: 4", "sizes: 2 3 2 2", "kinds: list domain domain domain"];
    await refused(layers, /2 channels; .*--channel 1/);
    const second = await readPicture(nrrdFile(layers), { channel: 2 });
    expect([second.shape, [...second.data]]).toEqual([[2, 2, 3], data.filter((k) => k % 2 === 1)]);
    const turned = await readPicture(nrrdFile(['labels: "z" "y" "x"']));
    expect([turned.shape, [...turned.data].slice(0, 3)]).toEqual([
      [4, 3, 2],
      [0, 12, 4],
    ]);
    const thin = await readPicture(nrrdFile(["sizes: 1 12 2"]));
    expect(thin.shape).toEqual([2, 12, 1]);
    const stacked = await readPicture(nrrdFile(["dimension: 4", "sizes: 4 3 2 1"]));
    expect(stacked.shape).toEqual([2, 3, 4]);
    await refused(["kinds: complex domain domain"], /kinds: complex/);
  });
});
