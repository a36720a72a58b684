import { readFile } from "node:fs/promises";
import { throwPassing } from "../folder/machine-failure.js";

/**
 * Files of results folders may come from anybody. Whatever a page does with their texts, none of them can open an element: where
 * a `<` would begin one it is told as `‹`. (Pages escape texts besides; numbers are not always numbers in other people's files.)
 */
export function inert(text: string): string {
  return text.replace(/<(?=[A-Za-z/!?])/g, "‹");
}

/**
 * The text of a file of results.
 * @throws Error that names the file when it cannot be read
 */
export async function resultText(path: string): Promise<string> {
  try {
    return inert(await readFile(path, "utf8"));
  } catch (cause) {
    throwPassing("Reading", path, cause);
    const why = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "there is no such file" : (cause as Error).message;
    throw new Error(`Reading results: ${path}: ${why}.`, { cause });
  }
}

/**
 * A record of results: a mapping.
 * @throws Error that names the file when it cannot be read, is no JSON or no mapping
 */
export async function resultJson<Shape>(path: string): Promise<Shape> {
  const found = jsonOf(await resultText(path), path);
  if (typeof found === "object" && found !== null && !Array.isArray(found)) return found as Shape;
  throw new Error(`Reading results: ${path} holds no mapping of keys to values; was it written by synchrode?`);
}

/** Texts that JSON spells with escapes are made inert once they are texts. */
function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text, (key, value: unknown) => {
      if (key === "__proto__") return undefined;
      return typeof value === "string" ? inert(value) : value;
    });
  } catch (cause) {
    throw new Error(`Reading results: ${path} is not JSON; was the run that wrote it cut off?`, { cause });
  }
}
