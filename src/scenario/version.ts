import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileText } from "../folder/read-file.js";

/** The folder of this package, whether it runs from source or built. */
export function packageFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (existsSync(path) && (JSON.parse(fileText(path)) as { name?: string }).name === "synchrode") return folder;
    if (folder === dirname(folder))
      throw new Error("Looking for the package of synchrode: found none above its files.");
  }
}

export function version(): string {
  return (JSON.parse(fileText(join(packageFolder(), "package.json"))) as { version: string }).version;
}
