import { build } from "esbuild";
import { expect, it } from "vitest";

/** Packages that the program loads before it knows its command. */
async function loadedAtOnce(entry: string): Promise<Set<string>> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    outdir: "results",
    write: false,
    metafile: true,
  });
  const [files, packages] = [[entry], new Set<string>()];
  const seen = new Set(files);
  for (const file of files) {
    for (const { path, kind, external } of metafile.inputs[file]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external) packages.add(path);
      else if (!seen.has(path)) files.push(path);
      seen.add(path);
    }
  }
  return packages;
}

it("starts without the packages that only some of its work needs: figures, learning, validation", async () => {
  const packages = await loadedAtOnce("src/cli/main.ts");
  expect(packages).toContain("commander");
  const heavy = [...packages].filter((name) =>
    /^(vega|vega-lite|@tensorflow\/.*|gpu\.js|webgpu|h5wasm.*|fflate)$/.test(name),
  );
  expect(heavy).toEqual([]);
});
