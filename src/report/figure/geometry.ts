import type { TopLevelSpec } from "vega-lite";
import { sections } from "../../fem/coordinates/coordinates.js";
import { byCoverage } from "../../inference/synchronisation.js";
import { type Contact, contactBands } from "../field/contact.js";
import { drawTriangles, emptyRaster, pngUri } from "../field/raster.js";
import { extentOf, type Snapshot } from "../field/snapshot.js";
import { cellTriangles } from "../field/triangles.js";
import { particleName, type Run } from "../measured-run.js";
import { fineness, map, mapSize } from "./map.js";
import { coverageColours, quantitative } from "./theme.js";

/** Regions and patches, in the order of their colours after the particles'. */
const parts = [
  ["high-conductivity carbon/binder", "#7d8894"],
  ["low-conductivity carbon/binder", "#d3d9df"],
  ["surface on the high one", "#10151c"],
  ["surface on the low one", "#fdfdfd"],
] as const;

/** Particles, both classes of carbon/binder, and the surfaces by the class they touch (after Li et al. 2022, Fig. 3A). */
export function geometry(
  run: Run,
  snapshot: Snapshot,
  contact: Contact,
  axes: readonly [string, string],
): TopLevelSpec {
  const extent = extentOf(snapshot);
  const raster = emptyRaster(extent, mapSize(extent).width * fineness);
  const fills = particleFills(run);
  const colourOf = (region: number) =>
    region < snapshot.particles ? fills.number[region] : fills.colours.length + region - snapshot.particles;
  drawTriangles(
    raster,
    extent,
    cellTriangles(snapshot, (cell) => colourOf(snapshot.region[cell])),
  );
  const thickness = (4 * fineness * extent.width) / raster.width;
  const patch = (facet: number) => fills.colours.length + 2 + contact.binder[facet];
  drawTriangles(raster, extent, contactBands(snapshot, contact, thickness, patch));
  const index = Uint8Array.from(raster.value, (value) =>
    Number.isNaN(value) ? 0 : 1 + Math.min(254, Math.round(value)),
  );
  const colours = [...fills.colours, ...parts.map(([, colour]) => colour)];
  const palette = colours.map((hex): [number, number, number, number] => [...rgb(hex), 255]);
  const uri = pngUri(index, raster.width, raster.height, [[0, 0, 0, 0], ...palette]);
  return map("Picture: particles in the two classes of carbon/binder.", extent, uri, axes, [
    legend(),
    ...labels(run, contact, mapSize(extent).width / extent.width),
  ]);
}

/** Colours by rank of coverage, at most 200 of them, and the number of each particle's colour. */
function particleFills(run: Run): { readonly colours: readonly string[]; readonly number: Int32Array } {
  const colours = coverageColours(Math.min(200, run.particles));
  const number = new Int32Array(run.particles);
  byCoverage(run.measured.coverage).forEach((k, rank) => {
    number[k] = Math.floor((rank * colours.length) / run.particles);
  });
  return { colours, number };
}

function legend(): object {
  const domain = parts.map(([name]) => name);
  return {
    data: { values: domain.map((part) => ({ part })) },
    mark: { type: "point", opacity: 0 },
    encoding: {
      fill: {
        field: "part",
        type: "nominal",
        title: null,
        scale: { domain, range: parts.map(([, colour]) => colour) },
        legend: {
          columns: 1,
          symbolType: "square",
          symbolOpacity: 1,
          symbolStrokeColor: "#7d8894",
          symbolStrokeWidth: 0.75,
          labelLimit: 300,
        },
      },
    },
  };
}

/** Number and coverage on each particle that has room for them, the number alone on a smaller one. */
function labels(run: Run, contact: Contact, scale: number): object[] {
  const { kind, particles } = run.result.scenario.geometry;
  const half = sections[kind].revolved;
  const values = run.measured.coverage.flatMap((_, k) => {
    const drawn = (particles[k]?.radius ?? 0) * scale;
    const label = drawn > 24 && !half ? particleName(run, k) : String(k + 1);
    return drawn < 7 ? [] : [{ x: 1e6 * contact.centre[2 * k], y: 1e6 * contact.centre[2 * k + 1], label }];
  });
  const place = { align: half ? "left" : "center", dx: half ? 6 : 0 };
  return [
    {
      data: { values },
      mark: { type: "text", color: "#ffffff", fontWeight: 600, fontSize: 11, ...place },
      encoding: {
        x: { field: "x", type: quantitative },
        y: { field: "y", type: quantitative },
        text: { field: "label" },
      },
    },
  ];
}

function rgb(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as [number, number, number];
}
