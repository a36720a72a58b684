/** Text made safe inside an element or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The measures' names with their indices lowered; takes and gives HTML. */
export function lowerIndices(html: string): string {
  return html.replace(/S_([cD])/g, "S<sub>$1</sub>");
}

/** A table with a header; cells are HTML already. The first column heads its row. */
export function htmlTable(head: readonly string[], rows: readonly (readonly string[])[], className = ""): string {
  const line = (cells: readonly string[]) =>
    `<tr>${cells.map((cell, k) => (k === 0 ? `<th scope="row">${cell}</th>` : `<td>${cell}</td>`)).join("")}</tr>`;
  const header = head.map((cell) => `<th scope="col">${cell}</th>`).join("");
  return `<div class="scroll"><table class="${className}"><thead><tr>${header}</tr></thead><tbody>${rows.map(line).join("\n")}</tbody></table></div>`;
}

/** A section with its heading; empty when it has no content. */
export function section(id: string, title: string, ...content: readonly string[]): string {
  const inside = content.filter((part) => part !== "").join("\n");
  return inside === "" ? "" : `<section id="${id}"><h2>${escapeHtml(title)}</h2>\n${inside}\n</section>`;
}
