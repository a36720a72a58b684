import { escapeHtml, htmlTable, section } from "./html.js";

/**
 * A section that is one table of what something is and what it says: definitions, settings, provenance.
 * @param entries plain text, name and value
 */
export function entriesSection(id: string, title: string, entries: readonly (readonly string[])[]): string {
  return section(
    id,
    title,
    htmlTable(
      ["Entry", "Value"],
      entries.map((entry) => entry.map(escapeHtml)),
      "entries",
    ),
  );
}
