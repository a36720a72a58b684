/** Compiles the numerical modules to WebAssembly and writes each as a module that needs no file at run time. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const options = ["-O3", "--noAssert", "--enable", "simd", "--runtime", "stub", "--use", "abort="];

const modules = [
  { source: "assembly/kernels.as.ts", constant: "kernelBytes", target: "src/fem/linear/kernels.generated.ts" },
  {
    source: "assembly/elementary.as.ts",
    constant: "elementaryBytes",
    target: "src/elementary/elementary.generated.ts",
  },
];

for (const { source, constant, target } of modules) {
  const binary = source.replace(/\.as\.ts$/, ".wasm");
  const { error, stderr } = await asc.main([source, "--baseDir", root, "--outFile", binary, ...options], {});
  if (error) {
    process.stderr.write(`compile ${source}: ${error.message}\n${stderr.toString()}\n`);
    process.exitCode = 1;
    continue;
  }
  const base64 = (await readFile(join(root, binary))).toString("base64");
  await writeFile(join(root, target), `/** Compiled from ${source}. */\nexport const ${constant} =\n  "${base64}";\n`);
  await rm(join(root, binary));
}
