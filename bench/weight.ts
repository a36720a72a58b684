/**
 * What the core weighs in a browser, and where it lies.
 *   npx tsx bench/weight.ts
 */
import { build } from "esbuild";

const { metafile, outputFiles } = await build({
  entryPoints: ["src/core.ts"],
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  write: false,
  metafile: true,
  logLevel: "silent",
});

/** The room of `src`, or the package, that an input is of. */
function roomOf(path: string): string {
  const inside = path.split("node_modules/").at(-1) ?? path;
  return inside === path ? path.split("/").slice(0, 2).join("/") : inside.split("/")[0];
}

const rooms = new Map<string, number>();
for (const { inputs } of Object.values(metafile.outputs))
  for (const [path, { bytesInOutput }] of Object.entries(inputs))
    rooms.set(roomOf(path), (rooms.get(roomOf(path)) ?? 0) + bytesInOutput);

console.log(`synchrode/core, minified: ${(outputFiles[0].contents.length / 1000).toFixed(0)} kB`);
for (const [room, bytes] of [...rooms].sort((a, b) => b[1] - a[1]).slice(0, 8))
  console.log(`  ${room.padEnd(24)} ${(bytes / 1000).toFixed(0)} kB`);
