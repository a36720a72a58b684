import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { packageFolder } from "../src/scenario/version.js";

/** Lines of each function with a body of statements in a source text, with its name. */
function lengths(path: string, text: string): { readonly name: string; readonly lines: number }[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: { readonly name: string; readonly lines: number }[] = [];
  const line = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined && ts.isBlock(node.body as ts.Node))
      found.push({
        name: `${path}: ${node.name?.getText() ?? "="}`,
        lines: line(node.end) - line(node.getStart()) + 1,
      });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

it("functions are short: none over 60 lines, nine of ten within 24", () => {
  const folder = join(packageFolder(), "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".generated.ts"),
  );
  const all = files.flatMap((name) => lengths(name, readFileSync(join(folder, name), "utf8")));
  expect(all.length).toBeGreaterThan(3000);
  expect(all.filter(({ lines }) => lines > 60)).toEqual([]);
  const sorted = all.map(({ lines }) => lines).sort((a, b) => a - b);
  expect(sorted[Math.floor(0.9 * (sorted.length - 1))]).toBeLessThanOrEqual(24);
});
