import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it, vi } from "vitest";
import { packageFolder } from "../src/scenario/version.js";

const root = packageFolder();
const folder = mkdtempSync(join(root, "test", ".examples-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first program in a document that imports the library, with what it imports from the source. */
function example(document: string): string {
  const blocks = readFileSync(join(root, document), "utf8").matchAll(/```ts\n([\s\S]*?)```/g);
  const own = Array.from(blocks, ([, code]) => code).find((code) => code.includes('from "synchrode"'));
  if (own === undefined) throw new Error(`${document}: no program that imports the library`);
  return own.replaceAll('"synchrode"', JSON.stringify(join(root, "src/index.js")));
}

describe("programs in the documents", () => {
  it.each(["README.md", "docs/how-to/use-as-a-library.md"])(
    "%s runs",
    async (document) => {
      const file = join(folder, `${document.replaceAll("/", "-")}.ts`);
      writeFileSync(file, example(document));
      const said: unknown[][] = [];
      const log = vi.spyOn(console, "log").mockImplementation((...words) => void said.push(words));
      await import(pathToFileURL(file).href).finally(() => log.mockRestore());
      const [, voltage, perParticle] = said.at(-2) as [number, number, Float64Array];
      expect(said.length).toBeGreaterThanOrEqual(4);
      expect(voltage).toBeGreaterThan(3);
      expect(voltage).toBeLessThan(5);
      expect(perParticle).toHaveLength(3);
    },
    120_000,
  );
});
