import { describe, expect, it } from "vitest";
import { readPicture } from "../../src/imaging/volume/files.js";
import { Unreadable } from "../../src/imaging/volume/unreadable.js";
import type { Shape } from "../../src/imaging/volume/volume.js";
import { scratchFolder } from "../scratch-folder.js";
import { type AmiraLayout, amiraFile, plainAmira } from "./amira-file.js";

const scratch = scratchFolder();

let files = 0;
const written = (content: Uint8Array | string, ending = "am") => scratch.written(`${files++}.${ending}`, content);

const shape: Shape = [3, 5, 7];
const runs = Array.from({ length: 105 }, (_, i) => (i < 30 ? 0 : i < 60 ? 7 : i % 9));

describe("AmiraMesh", () => {
  for (const [words, layout] of [
    ["bytes", {}],
    ["run lengths", { packing: "HxByteRLE" }],
    ["deflated bytes", { packing: "HxZip" }],
    ["text", { encoding: "ASCII" }],
    ["Avizo's first line", { first: "# Avizo" }],
    ["little-endian words of 16 bits", { type: "ushort" }],
    ["big-endian words of 16 bits", { type: "short", encoding: "BINARY" }],
    ["big-endian words of 32 bits", { type: "int32", encoding: "BINARY" }],
    ["deflated floating-point numbers", { type: "float", packing: "HxZip", name: "Data" }],
  ] as const) {
    it(`reads ${words}, and the voxel size from the bounding box`, async () => {
      const wide = (layout as Partial<AmiraLayout>).type !== undefined;
      const values = wide ? runs.map((value) => 30 * value) : runs;
      const picture = await readPicture(written(amiraFile(values, shape, { ...plainAmira, ...layout })));
      expect(picture.shape).toEqual(shape);
      expect([...picture.data]).toEqual(values);
      expect(picture.voxelSize).toEqual([0.25, 0.2, 0.2]);
    });
  }

  it("reads units of length, and leaves a size without one out", async () => {
    const size = async (layout: Partial<AmiraLayout>) =>
      (await readPicture(written(amiraFile(runs, shape, { ...plainAmira, ...layout })))).voxelSize;
    expect(await size({ unit: "mm" })).toEqual([250, 200, 200]);
    expect(await size({ unit: "µm" })).toEqual([0.25, 0.2, 0.2]);
    expect(await size({ unit: null })).toBeNull();
    expect(await size({ boundingBox: "0 0 0 0 0 0" })).toBeNull();
  });

  it("reads a single slice, and one array of several", async () => {
    const slice = await readPicture(
      written(amiraFile(runs, [1, 15, 7], { ...plainAmira, boundingBox: "0 6 0 28 0 1" })),
    );
    expect(slice.shape).toEqual([1, 15, 7]);
    expect(slice.voxelSize).toEqual([1, 2, 1]);
    for (const encoding of ["BINARY", "ASCII"] as const) {
      const one = Buffer.from(amiraFile(runs, shape, { ...plainAmira, encoding })).toString("latin1");
      const [head, body] = one.split("\n@1\n") as [string, string];
      const two = `${head.replace(/(Lattice \{ byte) Labels \} @1/, "$1 Labels } @1\n$1 Second } = @2")}\n@1\n${body}@2\n${body}`;
      const path = written(Buffer.from(two, "latin1"));
      await expect(readPicture(path)).rejects.toThrow("arrays Labels, Second; choose one: --dataset Labels");
      expect([...(await readPicture(path, { dataset: "Second" })).data]).toEqual(runs);
    }
  });

  const good = amiraFile(runs, shape, plainAmira);
  const packed = amiraFile(runs, shape, { ...plainAmira, packing: "HxByteRLE" });
  const zipped = amiraFile(runs, shape, { ...plainAmira, packing: "HxZip" });
  const replaced = (file: Uint8Array, from: string | RegExp, to: string) =>
    Buffer.from(Buffer.from(file).toString("latin1").replace(from, to), "latin1");
  const transformed = (matrix: string) => replaced(good, "CoordType", `TransformationMatrix ${matrix},\n    CoordType`);

  it("passes over what is noted of a picture, and takes fields from where they stand", async () => {
    const notes =
      'Materials {\n        "1" { BoundingBox 0 9 0 9 0 9, CoordType "stacked" }\n        2 { Text "C:\\dir\\ { of \\"all\\"" }';
    const noted = replaced(good, "Materials {", notes);
    expect((await readPicture(written(noted))).voxelSize).toEqual([0.25, 0.2, 0.2]);
    const turned = transformed("0 1 0 0 -1 0 0 0 0 0 1 0 30 20 -5 1");
    expect([...(await readPicture(written(turned))).data]).toEqual(runs);
  });

  const bad: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ["no AmiraMesh", "hello, this is text", /no line @1/],
    ["another first line", replaced(good, "# AmiraMesh 3D", "# HyperSurface"), /HyperSurface.*it begins with/],
    ["an unknown encoding", replaced(good, "BINARY-LITTLE-ENDIAN", "MIDDLE-ENDIAN"), /MIDDLE-ENDIAN.*BINARY-LITTLE/],
    ["a header without data", good.slice(0, 300), /no line @1/],
    ["half its data", good.slice(0, good.length - 60), /cut short/],
    ["a huge lattice", replaced(good, "Lattice 7 5 3", "Lattice 70000 50000 3"), /only|numbered/],
    ["an empty lattice", replaced(good, "Lattice 7 5 3", "Lattice 0 5 3"), /at least one/],
    ["no lattice", replaced(good, "define Lattice 7 5 3", "define Vertices 100"), /no lattice/],
    ["another place for data", replaced(good, "Lattice { byte", "Nodes { byte"), /field "Nodes".*not read/],
    ["other places beside", replaced(good, "\n\nParameters", "\ndefine Nodes 4\n\nParameters"), /field "define Nodes"/],
    [
      "a statement that nobody knows",
      replaced(good, "\nParameters", "\nByteOrder big\n\nParameters"),
      /field "ByteOrder"/,
    ],
    [
      "two lattices",
      replaced(good, "define Lattice", "define Lattice 3 5 7\ndefine Lattice"),
      /"define Lattice" twice/,
    ],
    ["two bounding boxes", replaced(good, "CoordType", "BoundingBox 0 2 0 2 0 2,\n CoordType"), /"BoundingBox" twice/],
    ["half a bounding box", replaced(good, "BoundingBox 0 1.2", "BoundingBox 1.2"), /BoundingBox: 1.2.*six numbers/],
    ["braces that stay open", replaced(good, "Id 2\n        }", "Id 2"), /braces that do not close/],
    ["two arrays at one mark", replaced(good, /(Lattice \{.*)\n/, "$1\n$1\n"), /two arrays behind the mark @1/],
    ["a stretched field", transformed("2 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1"), /TransformationMatrix: 2 0 0.*turn and move/],
    ["half a transformation", transformed("1 0 0 0"), /TransformationMatrix: 1 0 0 0/],
    ["colours", replaced(good, "{ byte Labels", "{ byte[3] Labels"), /byte\[3\]/],
    ["an unknown type", replaced(good, "{ byte Labels", "{ complex Labels"), /complex/],
    ["stacked coordinates", replaced(good, 'CoordType "uniform"', 'CoordType "stacked"'), /stacked/],
    ["no array", replaced(good, /Lattice \{.*\n/, ""), /no array on its lattice/],
    ["an unknown packing", replaced(packed, "HxByteRLE", "HxSecret"), /HxSecret/],
    ["a packing of no length", replaced(packed, /HxByteRLE,\d+/, "HxByteRLE,x"), /HxByteRLE,x/],
    ["runs cut short", packed.slice(0, packed.length - 10), /ends at byte/],
    ["too few runs", replaced(packed, /HxByteRLE,\d+/, "HxByteRLE,5"), /runs hold|does not fit/],
    ["too many runs", replaced(packed, "Lattice 7 5 3", "Lattice 7 5 1"), /does not fit/],
    ["no deflated data", replaced(zipped, /HxZip,\d+/, "HxZip,20"), /HxZip/],
    ["more deflated data than are due", replaced(zipped, "Lattice 7 5 3", "Lattice 7 5 2"), /due/],
    [
      "words in its text",
      replaced(amiraFile(runs, shape, { ...plainAmira, encoding: "ASCII" }), "\n7 ", "\nx "),
      /found x where/,
    ],
    [
      "too little text",
      replaced(amiraFile(runs, shape, { ...plainAmira, encoding: "ASCII" }), /(\d+\s+){9}$/, ""),
      /96 numbers/,
    ],
  ];
  for (const [name, content, reason] of bad) {
    it(`refuses ${name} with one clear error`, async () => {
      const failure: unknown = await readPicture(written(content)).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(Unreadable);
      expect((failure as Error).message).toMatch(reason);
      expect((failure as Error).message.split("\n")).toHaveLength(1);
    });
  }
});
