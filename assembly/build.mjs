/** Compiles the dense kernels to WebAssembly and writes them as a module that needs no file at run time. */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const root = fileURLToPath(new URL("..", import.meta.url));
const binary = join("assembly", "kernels.wasm");
const target = join(root, "src", "fem", "linear", "kernels.generated.ts");
const options = ["-O3", "--noAssert", "--enable", "simd", "--runtime", "stub", "--use", "abort="];

const { error, stderr } = await asc.main(
  ["assembly/kernels.as.ts", "--baseDir", root, "--outFile", binary, ...options],
  {},
);
if (error) {
  process.stderr.write(`compile the kernels: ${error.message}\n${stderr.toString()}\n`);
  process.exitCode = 1;
} else {
  const base64 = (await readFile(join(root, binary))).toString("base64");
  await writeFile(target, `/** Compiled from assembly/kernels.as.ts. */\nexport const kernelBytes =\n  "${base64}";\n`);
  await rm(join(root, binary));
}
