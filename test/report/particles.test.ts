import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import type { ParticleFindings } from "../../src/inference/measured/findings.js";
import { particleFindings } from "../../src/inference/measured/findings.js";
import { correlationMatrix } from "../../src/report/particles/correlation-matrix.js";
import { correlationRing } from "../../src/report/particles/correlation-ring.js";
import { damageDepth } from "../../src/report/particles/damage-depth.js";
import { damageMap } from "../../src/report/particles/damage-map.js";
import { detachmentSize, detachmentSpread, detachmentWays } from "../../src/report/particles/detachment-size.js";
import { attributeHistogram, attributePair } from "../../src/report/particles/figures.js";
import { particlePage } from "../../src/report/particles/particle-report.js";
import { radialLines } from "../../src/report/particles/radial-lines.js";
import { severeDistance } from "../../src/report/particles/severe-distance.js";
import { renderSvg } from "../../src/report/render.js";
import type { ParticleFolder } from "../../src/result/particle-folder.js";
import { particleTable } from "../../src/table/particle-table.js";

const count = 40;
const random = draws(1, "page");
const drawn = (of: (k: number) => number) => Float64Array.from({ length: count }, (_, k) => of(k));
const uniform = () => drawn(() => random.uniform());
const radius = drawn(() => 3 + random.uniform());
const detachment = uniform();

const table = particleTable({
  Particle: drawn((k) => k + 1),
  "x [um]": uniform().map((x) => 40 * x),
  "y [um]": uniform().map((y) => 40 * y),
  "z [um]": uniform().map((z) => 40 * z),
  "Particle radius [um]": radius,
  "Crack share": uniform().map((damage) => 0.3 * damage ** 2),
  "Volume [um3]": radius.map((r) => r ** 3),
  Sphericity: uniform(),
  Contact: uniform(),
  Detachment: detachment,
  ...Object.fromEntries(["-x", "+x", "-y", "+y", "-z", "+z"].map((way) => [`Detachment towards ${way}`, detachment])),
  "Touches edge": drawn((k) => (k < 4 ? 1 : 0)),
});

const findings = particleFindings(table, { permutations: 99, resamples: 50, seed: 1 });
const radial = {
  scale: "Depth fraction",
  column: "Stoichiometry",
  shells: [0.05, 0.5, 0.95].map((at) => ({
    at,
    particles: 9,
    mean: at,
    low: at - 0.1,
    high: at + 0.1,
    deviation: 0.2,
  })),
};

const figures: Readonly<Record<string, () => object>> = {
  "particles-histogram": () => attributeHistogram(table, findings.attributes[3]),
  "particles-pair": () => attributePair(table, "Particle radius [um]", "Sphericity"),
  "particles-matrix": () => correlationMatrix(findings.correlations),
  "particles-ring": () => correlationRing(findings.correlations),
  "particles-damage-map": () => damageMap(table, "Crack share", "x [um]", "z [um]"),
  "particles-damage-depth": () => damageDepth(findings.damage!.depth, "z [um]"),
  "particles-severe-distance": () => severeDistance(findings.damage!.severe),
  "particles-detachment-size": () => detachmentSize(table, findings.detachment!),
  "particles-detachment-spread": () => detachmentSpread(findings.detachment!),
  "particles-detachment-ways": () => detachmentWays(table),
  "particles-radial": () => radialLines(radial),
};

describe("figures of measured particles", () => {
  it.each(Object.keys(figures))("%s is as it was, and can be drawn", async (name) => {
    const spec = figures[name]();
    await expect(`${JSON.stringify(spec).replaceAll("},{", "},\n{")}\n`).toMatchFileSnapshot(`figures/${name}.vl`);
    const svg = await renderSvg(spec as never);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.length).toBeGreaterThan(2000);
  });
});

describe("of very many particles", () => {
  it("some are drawn, neighbours are left out, and the page says so", async () => {
    const few = particleFindings(table, { permutations: 9, resamples: 20, seed: 1 }, 20);
    expect([few.particles, few.drawnFrom, few.damage]).toEqual([20, 36, null]);
    expect(few.attributes.every(({ particles }) => particles === 20)).toBe(true);
    expect(few).toEqual(particleFindings(table, { permutations: 9, resamples: 20, seed: 1 }, 20));
    expect(findings.drawnFrom).toBeUndefined();
    const page = await particlePage({
      ...result,
      summary: { ...result.summary, findings: few },
      drawn: "Some are shown.",
    });
    expect(page).toContain("Of 20 whole particles, drawn at random of 36, out of 40.");
    expect(page).toContain("what looks at neighbours is left out");
    expect(page).toContain("Some are shown.");
  });
});

/** What JSON makes of it. */
const stored = JSON.parse(
  JSON.stringify(findings, (_, value) => (value instanceof Float64Array ? [...value] : value)),
) as ParticleFindings;

const result: ParticleFolder = {
  name: "measured",
  summary: {
    status: "done",
    version: "0",
    source: ["read <here>"],
    voxelSize: [0.4, 0.4, 0.4],
    shape: [100, 100, 100],
    particles: count,
    interiorParticles: count - 4,
    card: null,
    findings: stored,
    radial: [radial],
    settings: { closing: 1 },
  },
  particles: table,
  pictures: [0, 50].map((slice) => ({ slice, png: Uint8Array.of(1, 2, 3) })),
};

describe("the page of measured particles", () => {
  it("asks for a card where there is none, and shows it where there is", async () => {
    expect(await particlePage(result)).toContain("No dataset card");
    const card = {
      sample: "A & B",
      chemistry: "NMC811",
      cycling: { cycles: 50, charge: "5C" },
      voxelSize: null,
      source: "x",
      licence: "CC0-1.0",
    };
    const page = await particlePage({ ...result, summary: { ...result.summary, card } });
    expect(page).toContain("<h1>A &amp; B</h1>");
    expect(page).toContain("50 cycles, charged at 5C");
    expect(page).not.toContain("No dataset card");
  });

  it("says what is not known instead of drawing it", async () => {
    const nothing = { ...stored, damage: null, detachment: null, leakage: null };
    const page = await particlePage({ ...result, summary: { ...result.summary, findings: nothing, radial: [] } });
    expect(page).toContain("Damage is the same for all particles");
    expect(page).toContain("coverage and detachment are not known");
    expect(page).not.toContain('id="radial"');
    expect(page).not.toMatch(/NaN|undefined|\[object/);
  });

  it("runs no script, asks the network for nothing, and keeps text text", async () => {
    const page = await particlePage(result);
    expect(page.replaceAll(/<script type="application\/json"/g, "")).not.toContain("<script");
    expect(page.replaceAll("http://www.w3.org", "").match(/(src|href)="(?!data:|#)[^"]*"/g)).toBeNull();
    expect(page).toContain("read &lt;here&gt;");
  });
});
