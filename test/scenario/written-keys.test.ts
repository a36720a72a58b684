import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";

/** Keys of a schema, and the names of kinds and words that they may hold. */
function* namesIn(node: unknown): Generator<string> {
  if (typeof node !== "object" || node === null) return;
  const { properties, const: only, enum: words } = node as Record<string, unknown>;
  if (typeof properties === "object") yield* Object.keys(properties ?? {});
  for (const word of [only, ...(Array.isArray(words) ? words : [])]) if (typeof word === "string") yield word;
  for (const below of Object.values(node)) yield* namesIn(below);
}

describe("the pages for those who write scenarios", () => {
  const pages = ["write-a-scenario", "networks", "material-sets"]
    .map((name) => readFileSync(`docs/how-to/${name}.md`, "utf8"))
    .join("\n");
  const said = new Set([...pages.matchAll(/`+[^`]+`+/g)].flatMap(([code]) => code.split(/[^\w*-]+/)));

  it("name every key, kind and word that a file may hold", () => {
    const names = [...new Set(namesIn(scenarioJsonSchema()))];
    expect(names.length).toBeGreaterThan(100);
    expect(names.filter((name) => !said.has(name))).toEqual([]);
  });
});
