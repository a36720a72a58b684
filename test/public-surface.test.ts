import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../src/scenario/version.js";

const root = packageFolder();
const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly exports: Readonly<Record<string, { readonly types: string; readonly default: string }>>;
};

/** Names that a module exports, types marked; those of modules that it passes on among them. */
function names(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const passedOn = Array.from(text.matchAll(/^export \* from "([^"]+)";/gm), ([, from]) =>
    names(join(dirname(file), from.replace(/\.js$/, ".ts"))),
  );
  const listed = Array.from(text.matchAll(/^export (type )?\{([^}]*)\} from/gm), ([, type, list]) =>
    list
      .split(",")
      .map((each) => each.trim())
      .filter((each) => each !== "")
      .map((each) => `${type ?? ""}${each}`.replace(/^(type )?\w+ as /, "$1")),
  );
  const made = Array.from(text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm), ([, name]) => [name]);
  return [...passedOn, ...listed, ...made].flat().sort();
}

describe("what a program may import", () => {
  it.each(Object.entries(exports))("%s", async (entry, { types, default: module }) => {
    expect(types).toBe(module.replace(/\.js$/, ".d.ts"));
    const source = join(root, module.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts"));
    const found = names(source);
    expect(new Set(found).size).toBe(found.length);
    const file = `surface/${entry === "." ? "synchrode" : entry.slice(2)}.txt`;
    await expect(`${found.join("\n")}\n`).toMatchFileSnapshot(file);
  });
});
