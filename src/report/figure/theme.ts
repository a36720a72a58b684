import type { Config, TopLevelSpec } from "vega-lite";

/** Colours that the page replaces by its own, so that figures follow light and dark. */
export const ink = "#1b2430";
export const muted = "#5b6672";
export const grid = "#e2e6ea";

export const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/** From the best to the worst covered. */
const stops = ["#c8412b", "#b98a1d", "#1f7a8c"] as const;

/** A colour for each of `count` particles, ranked by coverage from the best covered. */
export function coverageColours(count: number): string[] {
  return Array.from({ length: count }, (_, rank) => mixStops(count === 1 ? 0 : rank / (count - 1)));
}

export const coverageRange: readonly string[] = [...stops].reverse();

/** Runs and moments: distinct from the colours of particles. */
export const runColours = ["#3b3f8f", "#d0762c", "#4f8f5b", "#a0457f", "#7a7f87", "#2f8fb3", "#8a6d3b", "#b0413e"];

/** Largest number of points of one series in a figure. */
export const mostPoints = 600;

export const panel = { width: 360, height: 250 } as const;

const config: Config = {
  background: "transparent",
  font,
  view: { stroke: null },
  axis: {
    domainColor: muted,
    tickColor: muted,
    gridColor: grid,
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 11,
    titleFontSize: 11.5,
    titleFontWeight: 500,
    titlePadding: 6,
    tickSize: 4,
    labelFlush: true,
    labelSeparation: 6,
  },
  legend: {
    orient: "top",
    titleOrient: "left",
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 11,
    titleFontSize: 11,
    titleFontWeight: 500,
    symbolStrokeWidth: 2.5,
    symbolSize: 70,
    columnPadding: 9,
    titlePadding: 8,
    gradientThickness: 9,
    gradientLength: 150,
  },
  text: { font, color: ink, fontSize: 11 },
  line: { strokeWidth: 2, strokeCap: "round", strokeJoin: "round" },
  rule: { color: ink },
};

/** A figure of the report's usual size with the report's look. `description` says what is drawn, for those who cannot see it. */
export function figure(description: string, body: object): TopLevelSpec {
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    description,
    ...panel,
    autosize: { type: "fit", contains: "padding" },
    config,
    ...body,
  } as TopLevelSpec;
}

export const quantitative = "quantitative" as const;

function mixStops(position: number): string {
  const k = Math.min(stops.length - 2, Math.floor(position * (stops.length - 1)));
  const share = position * (stops.length - 1) - k;
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => {
    const [a, b] = [channel(stops[k], at), channel(stops[k + 1], at)];
    return Math.round(a + share * (b - a));
  });
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}

/** Names down the side of a figure, in this order. */
export function namesDown(field: string, names: readonly string[], labelLimit: number): object {
  return { field, type: "nominal", title: null, sort: names, axis: { labelLimit } };
}
