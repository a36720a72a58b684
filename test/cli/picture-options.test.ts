/** Words that say which voxels of a file are meant, as the commands take them; the readers have tests of their own. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import { plainLayout, tiffFile } from "../../validation/imaging/tiff-file.js";
import { scratchFolder } from "../scratch-folder.js";
import { say } from "./said.js";

const { folder, written } = scratchFolder();

/** Slices of 3 × 4 whose numbers go on from one to the next. */
const page = (p: number) =>
  Array.from({ length: 3 }, (_, y) => Array.from({ length: 4 }, (_, x) => 12 * p + 4 * y + x));
const pages = Array.from({ length: 12 }, (_, p) => page(p));
const voxelsOf = (...numbers: number[]) => numbers.flatMap(page).flat();

/** Two slices of three channels at two times, as ImageJ lays them: channels run fastest, then slices. */
const description = "ImageJ=1.53t\nimages=12\nchannels=3\nslices=2\nframes=2\nhyperstack=true\n";
const hyperstack = written("hyperstack.tif", tiffFile(pages, { ...plainLayout, description }));
const zeroIsWhite = written("white.tif", tiffFile(pages.slice(0, 2), { ...plainLayout, photometric: 0 }));
const several = written("several.npz", zipSync({ "grey.npy": npy(voxelsOf(0, 1)), "other.npy": npy(voxelsOf(2, 3)) }));

function npy(bytes: number[]): Uint8Array {
  const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3, 4), }\n";
  const magic = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0];
  return Uint8Array.from([...magic, ...Buffer.from(header), ...bytes]);
}

describe("the picture that segment takes", () => {
  it.each([
    ["a channel", hyperstack, ["--channel", "2", "--time", "1"], voxelsOf(1, 4)],
    ["another channel", hyperstack, ["--channel", "3", "--time", "1"], voxelsOf(2, 5)],
    ["a time", hyperstack, ["--channel", "1", "--time", "2"], voxelsOf(6, 9)],
    ["a dataset", several, ["--dataset", "other"], voxelsOf(2, 3)],
    ["another dataset", several, ["--dataset", "grey"], voxelsOf(0, 1)],
    ["levels as stored", zeroIsWhite, ["--levels", "stored"], voxelsOf(0, 1)],
    ["levels as shown", zeroIsWhite, ["--levels", "shown"], voxelsOf(0, 1).map((value) => 255 - value)],
  ] as const)("is %s that is chosen", async (name, path, words, due) => {
    const out = join(folder, name.replaceAll(" ", "-"));
    const cut = ["--reslice", "xy", "--voxel-size", "1 um", "--out", out];
    expect(await say("segment", path, ...words, ...cut)).toMatchObject({ status: 0 });
    expect([...(await readPicture(join(out, "xy.tif"))).data]).toEqual(due);
  });
});

/** Two slices that hold matter everywhere; two channels of labels, of one particle and of two. */
const matter = written("matter.tif", tiffFile(Array(2).fill([Array(8).fill(1)]), plainLayout));
const labels = written(
  "labels.tif",
  tiffFile(
    [0, 1].flatMap(() => [[Array(8).fill(1)], [[1, 1, 1, 1, 2, 2, 2, 2]]]),
    { ...plainLayout, description: "ImageJ=1.53t\nimages=4\nchannels=2\nslices=2\nhyperstack=true\n" },
  ),
);

describe("the labels that measure takes", () => {
  it.each([
    ["1", 1],
    ["2", 2],
  ])("are those of channel %s", async (channel, particles) => {
    const out = join(folder, `measured-${channel}`);
    const words = ["--labels-channel", channel, "--voxel-size", "1 um", "--out", out, "--json"];
    const { status, out: text, err } = await say("measure", matter, labels, ...words);
    expect([status, err.includes("found")]).toEqual([0, false]);
    expect(JSON.parse(text).particles).toBe(particles);
  });
});

const wrong = [
  ["hyperstack.tif", [], /found 3 channels; a volume has one\. Choose it: --channel 1 to --channel 3\.$/],
  ["hyperstack.tif", ["--channel", "1"], /found 2 times.*--time 1 to --time 2\.$/],
  ["hyperstack.tif", ["--channel", "0"], /^--channel: found 0; allowed: a whole number from 1 on\.$/],
  ["hyperstack.tif", ["--channel", "two"], /^--channel: found two; allowed: a number\.$/],
  ["hyperstack.tif", ["--channel", "4", "--time", "1"], /--channel 4 is not among/],
  ["hyperstack.tif", ["--channel", "1", "--time", "1.5"], /^--time: found 1\.5; allowed: a whole number from 1 on\.$/],
  ["hyperstack.tif", ["--channel", "1", "--time", "3"], /--time 3 is not among/],
  ["several.npz", [], /found .*grey.*other.*choose one: --dataset grey\.$/],
  ["several.npz", ["--dataset", "black"], /black.*grey.*other/],
  ["white.tif", [], /--levels shown .* --levels stored/],
  ["white.tif", ["--levels", "inverted"], /argument 'inverted' is invalid\. Allowed choices are stored, shown\.$/],
] as const;

describe.each([
  ["segment", []],
  ["measure", [matter]],
  ["train", [matter]],
])("%s", (command, others) => {
  it.each(wrong)("refuses of %s the words %j with one message, and writes nothing", async (name, words, reason) => {
    const [path, out] = [join(folder, name), join(folder, `refused-${command}`)];
    const { status, err } = await say(command, path, ...others, "--voxel-size", "1 um", ...words, "--out", out);
    expect(err.split("\n")).toEqual([expect.stringMatching(reason)]);
    expect([status, existsSync(out)]).toEqual([2, false]);
  });
});

describe.each(["measure", "train"])("%s", (command) => {
  it.each([
    [[], /found 2 channels.*--labels-channel 1 to --labels-channel 2\.$/],
    [["--labels-channel", "0"], /^--labels-channel: found 0; allowed: a whole number from 1 on\.$/],
    [["--labels-channel", "3"], /--labels-channel 3 is not among/],
    [["--labels-time", "soon"], /^--labels-time: found soon; allowed: a number\.$/],
  ] as const)("refuses for its labels the words %j with one message, and writes nothing", async (words, reason) => {
    const out = join(folder, `refused-labels-${command}`);
    const { status, err } = await say(command, matter, labels, "--voxel-size", "1 um", ...words, "--out", out);
    // By then `measure` has read the picture, and said how large it is.
    expect(err.replace(/^(.* million voxels take .*|reading …)\n/gm, "").split("\n")).toEqual([
      expect.stringMatching(reason),
    ]);
    expect([status, existsSync(out)]).toEqual([2, false]);
  });
});
