import { digitsOf } from "../../words/numbers.js";
import type { Context } from "../context.js";
import { escapeHtml, htmlTable, section } from "../html.js";

/** What computed this, from what, and for how long: the manifests without their scenarios, and the size of the run. */
export function provenance({ run, others }: Context): string {
  const tables = [run, ...others].map(({ result, label }) => {
    const { scenario: _, ...manifest } = result.manifest;
    const { unknowns, steps, seconds } = result.summary ?? {};
    const rows = [...flatten(manifest, ""), ...flatten({ unknowns, "time steps": steps, seconds }, "")];
    const table = htmlTable(
      ["Entry", "Value"],
      rows.map(([key, value]) => [escapeHtml(key), `<span class="value">${escapeHtml(value)}</span>`]),
      "entries",
    );
    return `<h3>${escapeHtml(label)}</h3>${table}`;
  });
  return section("provenance", "Provenance", ...tables);
}

function flatten(value: unknown, path: string): [string, string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") {
    const number = typeof value === "number" && !Number.isInteger(value);
    return [[path, number ? digitsOf(value as number, 4) : String(value)]];
  }
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === "" ? key : `${path} › ${key}`));
}
