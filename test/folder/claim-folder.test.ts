import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkFolder, claimFolder, inFolder } from "../../src/folder/claim-folder.js";
import { folderKinds } from "../../src/folder/folder-kind.js";
import { makeFolder } from "../../src/folder/make-folder.js";
import { checkFile, fileKinds, writeOutput } from "../../src/folder/output-file.js";
import { privateName } from "../../src/folder/private-name.js";
import { OutputRefused } from "../../src/folder/refused.js";
import { scratchFolder } from "../scratch-folder.js";

const { folder, written } = scratchFolder();
const { segment, measure, run } = folderKinds;
const at = (...names: string[]) => join(folder, ...names);

describe("a folder that a command writes", () => {
  it("is made with its parents, is the command's own afterwards, and no other's", async () => {
    const own = at("deep", "er", "a");
    await inFolder(own, segment, {}, () => writeFileSync(join(own, "labels.tif"), "x"));
    expect(readdirSync(own).sort()).toEqual([".synchrode.json", "labels.tif"]);
    expect(checkFolder(own, segment)).toBe(true);
    expect(() => checkFolder(own, measure)).toThrow("found results of synchrode segment");
    expect(() => checkFolder(own, run)).toThrow(OutputRefused);
  });

  it("is gone again, with the parents made for it, when nothing was written", async () => {
    await expect(
      inFolder(at("none", "of", "it"), measure, {}, () => Promise.reject(new Error("bad"))),
    ).rejects.toThrow();
    expect(existsSync(at("none"))).toBe(false);
    mkdirSync(at("empty"));
    await inFolder(at("empty"), measure, {}, () => undefined);
    expect(readdirSync(at("empty"))).toEqual([]);
  });

  it("is refused with other people's files in it, which stay", () => {
    written("theirs/notes.txt", "mine");
    written("theirs/scratch/precious.txt", "mine");
    for (const kind of Object.values(folderKinds))
      expect(() => claimFolder(at("theirs"), kind)).toThrow(`no result of ${kind.command}`);
    expect(readdirSync(at("theirs")).sort()).toEqual(["notes.txt", "scratch"]);
    expect(() => claimFolder(written("file.txt", ""), segment)).toThrow("found a file");
  });

  it("is recognised by its results where it has no marker", () => {
    written("old/summary.json", JSON.stringify({ interiorParticles: 1, phases: [], interfaces: [] }));
    expect(checkFolder(at("old"), segment)).toBe(true);
    expect(() => checkFolder(at("old"), measure)).toThrow("results of synchrode segment");
    written("old-run/manifest.json", JSON.stringify({ program: "synchrode", scenarioSha256: "0" }));
    expect(checkFolder(at("old-run"), run)).toBe(true);
  });

  it("counts as empty with nothing but what a killed process left, which goes", () => {
    written(`left/${privateName("tmp")}`, "half");
    written("left/.DS_Store", "");
    const claim = claimFolder(at("left"), run);
    expect(readdirSync(at("left")).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(() => claimFolder(at("left"), run)).toThrow(`process ${process.pid}`);
    claim.release();
  });

  it.each(["labels.tif", "linked.tif", "hard.tif"])("is refused when it would replace the input %s", async (name) => {
    const own = at(`own-${name}`);
    await inFolder(own, segment, {}, () => writeFileSync(join(own, "labels.tif"), "x"));
    symlinkSync(join(own, "labels.tif"), at(`${name}-linked.tif`));
    linkSync(join(own, "labels.tif"), at(`${name}-hard.tif`));
    const input = name === "labels.tif" ? join(own, name) : at(`${name}-${name}`);
    expect(() => checkFolder(own, segment, [input])).toThrow("would be replaced");
    expect(checkFolder(own, segment, [at("file.txt")])).toBe(true);
  });

  it("is refused inside an input, and as an input", () => {
    written("data/slices/0.tif", "x");
    for (const out of [at("data", "slices"), at("data", "slices", "out"), at("data", "slices", "0.tif")])
      expect(() => checkFolder(out, segment, [at("data", "slices"), at("data", "slices", "0.tif")])).toThrow("input");
    expect(() => checkFolder(at("data"), segment, [at("data", "slices")])).toThrow("found slices");
  });

  it("is refused at once where none can be made", () => {
    const file = written("plain.txt", "x");
    symlinkSync(at("nowhere"), at("dangling"));
    symlinkSync("circle", at("circle"));
    const long = at("n".repeat(300));
    for (const path of [join(file, "under"), at("dangling", "a"), at("circle", "a"), long, "/proc/none/of/it"])
      if (process.platform === "linux" || !path.startsWith("/proc"))
        expect(() => makeFolder(path)).toThrow(OutputRefused);
  });
});

describe("a single file that a command writes", () => {
  const { mesh, page, networkScenario } = fileKinds;

  it("is new, or one that the same command wrote", () => {
    const path = at("new", "a.msh");
    const text = '$MeshFormat\n4.1 0 8\n$EndMeshFormat\n$PhysicalNames\n1\n1 5 "interface-particle-1-high"\n';
    writeOutput(path, mesh, [], text);
    writeOutput(path, mesh, [], text);
    expect(readFileSync(path, "utf8")).toBe(text);
    expect(() => checkFile(path, page, [])).toThrow("has not written");
    for (const other of [
      written("scenario.yaml", "title: mine"),
      written("t.csv", "x,y"),
      written("gmsh.msh", "$MeshFormat"),
    ])
      for (const kind of [mesh, page, networkScenario])
        expect(() => checkFile(other, kind, [])).toThrow("has not written");
  });

  it("is never a folder, a device or an input, whatever its name", () => {
    const input = written("in.msh", '$PhysicalNames\n1\n1 5 "interface-particle-1-high"\n');
    symlinkSync(input, at("link.msh"));
    expect(() => checkFile(input, mesh, [input])).toThrow("would be replaced");
    expect(() => checkFile(at("link.msh"), mesh, [input])).toThrow("would be replaced");
    expect(() => checkFile(folder, mesh, [])).toThrow("a folder");
    if (process.platform !== "win32") expect(() => checkFile("/dev/null", mesh, [])).toThrow("no ordinary file");
  });
});
