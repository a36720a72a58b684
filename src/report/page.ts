import { escapeHtml } from "./html.js";
import { pageStyle } from "./page-style.js";

/** The whole file; `content` are finished pieces of HTML. It asks the network for nothing and runs no script. */
export function page(title: string, facts: string, content: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'">
<title>${escapeHtml(title)} – Synchrode</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<p class="eyebrow">Synchrode result</p>
<h1>${escapeHtml(title)}</h1>
<p class="facts">${escapeHtml(facts)}</p>
</header>
${content.filter((part) => part !== "").join("\n")}
</main>
</body>
</html>
`;
}
