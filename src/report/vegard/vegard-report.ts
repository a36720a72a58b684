import { writeAtomically } from "../../folder/atomic-file.js";
import type { Coefficient } from "../../inference/vegard/infer.js";
import type { VegardRecord } from "../../inference/vegard/record.js";
import { type ParticlePages, readLaw } from "../../result/vegard-folder.js";
import { figures } from "../../words/numbers.js";
import { entriesSection } from "../entries.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import { type LawPoints, lawScatter } from "./law-scatter.js";
import { pixelMap, residualBlur } from "./pixel-map.js";

/**
 * Writes one self-contained page about a law in a folder.
 * @param out path of the HTML file.
 * @throws Error when `vegard.json` or a map is missing or broken.
 */
export async function buildVegardReport(folder: string, out: string): Promise<void> {
  const { record, maps } = await readLaw(folder);
  writeAtomically(out, await vegardPage(record, maps));
}

/** The page from the record and the maps of each particle. */
export async function vegardPage(record: VegardRecord, maps: readonly ParticlePages[]): Promise<string> {
  const { particles, settings, rows } = record;
  const facts = `${particles.length} particle${particles.length === 1 ? "" : "s"}, ${rows} strains; ${words[settings.boundary]}, ${words[settings.state]}`;
  return page(record.title, facts, [
    answer(record),
    coefficients(record),
    await scatter(record, maps),
    heldOut(record),
    await mapSection(record, maps),
    particleTable(record),
    definitions(record),
  ]);
}

const words = {
  free: "free surface, finite elements",
  periodic: "periodic patch, Fourier transforms",
  planeStress: "plane stress",
  planeStrain: "plane strain",
} as const;

const minus = (text: string) => text.replace("-", "−");
const fixed = (value: number) => minus(value.toFixed(6));
const percent = (value: number) => minus(`${(100 * value).toFixed(2)} %`);
const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(100 * value).toFixed(1)} %`;

function answer({ degree, coefficients: found, pixelwise, heldOut: { particle } }: VegardRecord): string {
  const shape = ["does not depend on composition", "is linear in composition: Vegard's law holds"][degree];
  const slopes = found
    .filter(({ order }) => order === 1)
    .map(
      ({ component, value, interval }) =>
        `${component} ${percent(value)} (${percent(interval[0])} to ${percent(interval[1])})`,
    );
  const lead = `Strain of the free lattice ${shape ?? `follows a polynomial of degree ${degree} in composition`}. Held out: ${particle}.`;
  const wrong = pixelwise
    .filter(({ order }) => order === 1)
    .map(({ component, difference }) => `${component} ${signed(difference)}`);
  const text =
    degree === 0
      ? ""
      : `<p>From composition 0 to 1${degree > 1 ? ", factor of the first power" : ""}: ${escapeHtml(slopes.join("; "))}.</p>`;
  const contrast =
    wrong.length === 0
      ? ""
      : `<p>Regression pixel by pixel, which forgets that neighbours hold each other, is off by ${escapeHtml(wrong.join(", "))}.</p>`;
  return `<p class="lead">${escapeHtml(lead)}</p>${text}${contrast}`;
}

function coefficients({ coefficients: chosen, highest, pixelwise, truth }: VegardRecord): string {
  const head = [
    "Strain along",
    "Power",
    "Law",
    "95 % interval",
    "Without noise correction",
    "Pixel by pixel",
    ...(truth ? ["Made with"] : []),
  ];
  const names = [...new Set(chosen.map(({ component }) => component))];
  const row = (all: boolean) => (each: Coefficient) => {
    const { component, order, value, interval, uncorrected } = each;
    const pixel = all ? undefined : pixelwise.find((other) => other.component === component && other.order === order);
    const made = truth?.[names.indexOf(component)]?.[order - 1] ?? 0;
    return [
      escapeHtml(component),
      order === 0 ? "0 (offset)" : String(order),
      fixed(value),
      `${fixed(interval[0])} … ${fixed(interval[1])}`,
      fixed(uncorrected),
      pixel ? `${fixed(pixel.value)} (${signed(pixel.difference)})` : "",
      ...(truth ? [fixed(made)] : []),
    ];
  };
  const all = htmlTable(head, highest.map(row(true)));
  const more =
    chosen.length === highest.length
      ? ""
      : `<p>With all powers up to ${Math.max(...highest.map(({ order }) => order))}:</p>${all}`;
  return section("coefficients", "Coefficients", htmlTable(head, chosen.map(row(false))), more);
}

async function scatter(record: VegardRecord, maps: readonly ParticlePages[]): Promise<string> {
  if (record.degree === 0) return "";
  const points: LawPoints = { record, maps };
  const names = [...new Set(record.coefficients.map(({ component }) => component))].slice(0, 2);
  const drawings = names.map(
    (name, k): Drawing => ({
      name: `law-${name}`,
      caption: `Strain along <b>${escapeHtml(name)}</b>: pixels, the law of the free lattice, and the line through the pixels.`,
      spec: lawScatter(points, k as 0 | 1),
    }),
  );
  return section("law", "Law and pixels", await renderPanels(drawings));
}

function heldOut({ heldOut: own, rotation }: VegardRecord): string {
  const degrees = own.errors.map(({ degree }) => `Degree ${degree}`);
  const rows = [own, ...rotation].map(({ particle, errors, degree }) => [
    escapeHtml(particle),
    ...errors.map(({ rmse }) => (rmse === null ? "–" : figures(rmse, 5))),
    degree === null ? "none" : String(degree),
  ]);
  const text =
    "<p>Root mean square error of strain in a particle that the law was not fitted to. Chosen: the smallest degree that the best does not beat by more than two standard errors, nor by more than 1 % of the strain.</p>";
  return section("held-out", "Which degree", text, htmlTable(["Held out", ...degrees, "Chosen"], rows));
}

async function mapSection({ particles }: VegardRecord, maps: readonly ParticlePages[]): Promise<string> {
  const strips: string[] = [];
  for (const [k, each] of maps.entries()) {
    const drawings = (["composition", "measured", "model", "residual"] as const).map((kind) => ({
      name: `map-${k + 1}-${kind}`,
      caption: `<b>${escapeHtml(particles[k].name)}</b>, ${captions[kind]}`,
      spec: pixelMap(each, kind),
    }));
    strips.push(await renderPanels(drawings));
  }
  return section(
    "maps",
    "Maps",
    `<p>Strain along x. The residual has colours of its own and is blurred by ${residualBlur} pixels.</p>`,
    ...strips,
  );
}

const captions = {
  composition: "composition",
  measured: "measured strain",
  model: "strain of the law",
  residual: "measured less law: what composition does not explain",
} as const;

function particleTable({ particles }: VegardRecord): string {
  const rows = particles.map(({ name, pixels, strain, residual }) => [
    escapeHtml(name),
    String(pixels.inside),
    String(pixels.used),
    String(pixels.filled),
    figures(strain, 4),
    figures(residual, 4),
  ]);
  const head = ["Particle", "Pixels inside", "Used", "Composition filled in", "Strain, rms", "Residual, rms"];
  return section("particles", "Particles", htmlTable(head, rows));
}

function definitions({ settings, compositionNoise, blocks, alignments, version }: VegardRecord): string {
  const rows = [
    [
      "Law",
      "strain of the free lattice = Σ factor · compositionᵒʳᵈᵉʳ, along each crystal axis; the body's own strain follows from equilibrium",
    ],
    [
      "Composition noise",
      `${compositionNoise.value.toPrecision(3)}, ${compositionNoise.estimated ? "told from second differences of the maps" : "as stated"}`,
    ],
    ["Intervals", `95 %, errors within ${settings.block} × ${settings.block} pixels going together: ${blocks} squares`],
    [
      "Reference of strain",
      {
        shared: "one unknown offset",
        each: "an unknown offset in each particle",
        exact: "the lattice at composition 0",
      }[settings.reference],
    ],
    ["Stiffness, composition 0", stiffnessWords(settings.empty)],
    ["Stiffness, composition 1", stiffnessWords(settings.full)],
    ["Elements", settings.boundary === "free" ? `triangles of order ${settings.order}` : "none"],
    ["Alignments", alignments.length === 0 ? "none" : JSON.stringify(alignments)],
    ["Sources", "Deng et al., Nat. Mater. 21, 547 (2022); Maxisch & Ceder, Phys. Rev. B 73, 174112 (2006)"],
    ["Version", version],
  ];
  return entriesSection("definitions", "Definitions and settings", rows);
}

function stiffnessWords(constants: VegardRecord["settings"]["empty"]): string {
  return `${Object.entries(constants)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ")} GPa`;
}
