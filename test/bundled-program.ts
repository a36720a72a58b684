import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll } from "vitest";
import type { WorkerProgram } from "../src/study/sweep/engine.js";

/**
 * A program of the sources, put together once into files that Node.js starts in a quarter of the time that it takes with
 * a loader; they are gone after the last test of the file that asks. They lie in this package, whose own packages they load.
 * @param source such as `src/cli/main.ts`
 */
export async function bundledProgram(source: string): Promise<WorkerProgram> {
  mkdirSync("results", { recursive: true });
  const folder = mkdtempSync(join("results", ".program-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [source],
    outdir: folder,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    packages: "external",
    platform: "node",
    format: "esm",
    logLevel: "error",
  });
  return { module: resolve(folder, basename(source).replace(/\.ts$/, ".mjs")), execArgv: [] };
}
