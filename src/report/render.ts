import * as vega from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { grid, ink, muted } from "./figure/theme.js";
import { escapeHtml } from "./html.js";
import { textWidth } from "./text-width.js";

/** Exported without types: a width function set here replaces Vega's guess; names of clips and gradients begin anew. */
const { textMetrics, resetSVGDefIds } = vega as unknown as {
  readonly textMetrics: { width: typeof textWidth };
  readonly resetSVGDefIds: () => void;
};

/** A figure as a piece of the page: inline SVG, caption, and its spec for reuse. */
export interface Drawing {
  readonly name: string;
  readonly caption: string;
  readonly spec: TopLevelSpec;
}

/** Draws a spec as SVG that scales with the page and follows its colours. */
export async function renderSvg(spec: TopLevelSpec): Promise<string> {
  textMetrics.width = textWidth;
  resetSVGDefIds();
  const compiled = compile(spec, { logger: silent }).spec as vega.Spec;
  const view = new vega.View(vega.parse(compiled), { renderer: "none", logLevel: vega.Error });
  try {
    return themed(await view.toSVG());
  } finally {
    view.finalize();
  }
}

/** A figure element; the caption is HTML. */
async function renderFigure({ name, caption, spec }: Drawing): Promise<string> {
  const svg = ownIds(await renderSvg(spec), name);
  const label = escapeHtml(spec.description ?? name);
  const json = JSON.stringify(spec).replaceAll("<", "\\u003c");
  return [
    `<figure id="figure-${name}">`,
    svg.replace("<svg ", `<svg role="img" aria-label="${label}" `),
    `<figcaption>${caption}</figcaption>`,
    `<details class="spec"><summary>Vega-Lite</summary><p>The script element <code>spec-${name}</code> of this file holds this figure's specification and data.</p>`,
    `<script type="application/json" id="spec-${name}">${json}</script></details>`,
    "</figure>",
  ].join("\n");
}

/** Figures side by side where there is room. */
export async function renderPanels(drawings: readonly Drawing[], className = "panels"): Promise<string> {
  if (drawings.length === 0) return "";
  const figures: string[] = [];
  for (const drawing of drawings) figures.push(await renderFigure(drawing));
  return `<div class="${className}">\n${figures.join("\n")}\n</div>`;
}

/** Keeps the gradients and clips of one figure from being taken for those of another on the same page. */
function ownIds(svg: string, name: string): string {
  return svg.replace(/ id="([^"]*)"/g, ` id="${name}-$1"`).replace(/url\(#([^)]*)\)/g, `url(#${name}-$1)`);
}

/** Lets the page colour what the theme drew in its own inks, and scale the drawing by its viewBox. */
function themed(svg: string): string {
  const width = /<svg[^>]*? width="([\d.]+)"/.exec(svg)?.[1] ?? "360";
  return svg
    .replace(/(<svg[^>]*?) width="[\d.]+" height="[\d.]+"/, `$1 style="--drawn-width:${width}px"`)
    .replaceAll(`"${ink}"`, '"currentColor"')
    .replaceAll(`"${muted}"`, '"var(--muted)"')
    .replaceAll(`"${grid}"`, '"var(--grid)"');
}

/** Specs are checked by their snapshots; a report says nothing on the console. */
const silent = {
  level: () => silent,
  error: (...message: readonly unknown[]) => {
    throw new Error(`Drawing a figure: ${message.join(" ")}`);
  },
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
} as never;
