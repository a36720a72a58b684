import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decode } from "fast-png";
import { afterAll, describe, expect, it } from "vitest";
import { measureSynchronisation } from "../../src/inference/synchronisation.js";
import { controlOf } from "../../src/report/control.js";
import { angleOf, contactOf } from "../../src/report/field/contact.js";
import { drawTriangles, emptyRaster, pngUri, quantise, schemePalette } from "../../src/report/field/raster.js";
import { readSnapshot } from "../../src/report/field/read-snapshot.js";
import type { Snapshot } from "../../src/report/field/snapshot.js";
import { measureRun } from "../../src/report/measured-run.js";
import { buildReport } from "../../src/report/run-report.js";
import { thin } from "../../src/report/thin.js";
import { readSteps } from "../../src/result/read-steps.js";
import { runRecord } from "../../src/result/record.js";
import { readRunFolder } from "../../src/result/run-folder.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { anchors, prototypeRun } from "../inference/prototype.js";
import { type FolderOptions, writeResultFolder } from "./result-folder.js";

const place = mkdtempSync(join(tmpdir(), "synchrode-report-"));
afterAll(() => rmSync(place, { recursive: true }));

let made = 0;
const folder = (options: FolderOptions = {}) => {
  const path = join(place, `result-${++made}`);
  writeResultFolder(path, { steps: 6, ...options });
  return path;
};
const run = async (options: FolderOptions = {}) => measureRun(readRunFolder(folder(options)));

describe("reading results", () => {
  it("measures the same as was written", async () => {
    const { measured, charges } = await run();
    for (const [cycle, lithium, damage] of anchors.on) {
      expect(Math.abs(measured.cycles[cycle - 1].lithium! - lithium)).toBeLessThan(1e-9);
      expect(Math.abs(measured.cycles[cycle - 1].damage - damage)).toBeLessThan(1e-9);
      expect(Math.abs(measured.cycles[cycle - 1].throughput - 437)).toBeLessThan(1e-9);
    }
    expect(charges).toHaveLength(40);
  });

  it("takes the end of charge that summary.json takes, holds included", async () => {
    const path = folder({ cycles: 2, steps: 6 });
    const steps = ["charge", "hold", "discharge"].map((verb) => ({ verb }));
    const edit = (file: string, change: (text: string) => string) =>
      writeFileSync(join(path, file), change(readFileSync(join(path, file), "utf8")));
    edit("manifest.json", (text) => {
      const manifest = JSON.parse(text);
      return JSON.stringify({
        ...manifest,
        scenario: { ...manifest.scenario, protocol: { tau: 720, repeat: 2, steps } },
      });
    });
    // the last three rows of each charge become a hold, the discharge step 2
    edit("timeseries.csv", (text) => {
      const [head, ...rows] = text.trimEnd().split("\n");
      const told = rows.map((row, k) => {
        const cells = row.split(",");
        const within = k % 12;
        if (within >= 3) cells[3] = within < 6 ? "1" : "2";
        if (within >= 3 && within < 6) cells[4] = "hold";
        if (within === 2) cells[cells.length - 1] = "voltage";
        return cells.join(",");
      });
      return [head, ...told, ""].join("\n");
    });
    const result = readRunFolder(path);
    const { charges, measured } = measureRun(result);
    const written = runRecord(readSteps(path, 3), result.scenario as unknown as Scenario, measured.coverage);
    expect(charges).toEqual([
      { from: 0, to: 5 },
      { from: 12, to: 17 },
    ]);
    expect(measureSynchronisation(written)).toEqual(measured);
    expect(measured.onset.held).toBe(true);
  });

  it("says which file is missing, broken or incomplete", async () => {
    expect(() => readRunFolder(join(place, "nowhere"))).toThrow(/nowhere.manifest.json: there is no such file/);
    const broken = folder();
    writeFileSync(join(broken, "manifest.json"), '{"scenario"');
    expect(() => readRunFolder(broken)).toThrow(/manifest.json is not JSON/);
    const short = folder();
    const rows = readFileSync(join(short, "particle_timeseries.csv"), "utf8").split("\n");
    writeFileSync(join(short, "particle_timeseries.csv"), rows.slice(0, -10).join("\n"));
    expect(() => readRunFolder(short)).toThrow(/1431 rows of 3 particles, of which .* a step has one row a particle/);
    const unfinished = folder();
    const [head, first] = readFileSync(join(unfinished, "timeseries.csv"), "utf8").split("\n");
    writeFileSync(join(unfinished, "timeseries.csv"), `${head}\n${first}\n`);
    const begun = readRunFolder(unfinished);
    expect(() => measureRun(begun)).toThrow(/no finished charge/);
    await expect(buildReport([], "x")).rejects.toThrow(/at least one/);
  });
});

describe("controls", () => {
  it("are recognised by what their scenario changes", async () => {
    const base = await run();
    const scenario = base.result.scenario;
    const other = async (options: FolderOptions) => controlOf(base, await run(options));
    const nine = prototypeRun();
    const many = {
      ...nine,
      coverage: Array.from({ length: 9 }, (_, k) => 0.9 - 0.1 * k),
      cycles: nine.cycles.map((cycle) => ({
        ...cycle,
        meanStoichiometry: Array.from({ length: 9 }, (_, k) => cycle.meanStoichiometry[k % 3]),
        damage: Array.from({ length: 9 }, (_, k) => cycle.damage[k % 3]),
      })),
      firstCharge: {
        ...nine.firstCharge,
        damage: nine.firstCharge.damage.map((row) => [...row, ...row, ...row]),
        meanStoichiometry: nine.firstCharge.meanStoichiometry.map((row) => [...row, ...row, ...row]),
      },
    };
    expect(await other({ feedback: "off" })).toBe("feedbackOff");
    expect(await other({ scenario: { nominalCoverage: [0.5, 0.5, 0.5] } })).toBe("equalCoverage");
    const binder = { ...scenario.binder, lowConductivity: 1 };
    expect(await other({ scenario: { binder } })).toBe("contrastOne");
    expect(await other({ scenario: { nominalCoverage: [0.114, 0.886, 0.514] } })).toBe("permuted");
    expect(await other({ record: many })).toBe("moreParticles");
    expect(await other({ scenario: { seed: 2, nominalCoverage: [0.8, 0.5, 0.3] } })).toBe("otherSeed");
    const solver = { mesh: { interfaceSize: 1e-7 }, time: { tolerance: 1e-3 } };
    expect(await other({ scenario: { solver } })).toBe("finer");
    expect(await other({})).toBeNull();
    const losing = { ...scenario.binder, contactLoss: 0.9 };
    expect(await other({ feedback: "off", scenario: { binder: losing } })).toBeNull();
  });
});

describe("thinning", () => {
  it("keeps the ends and every spike within its limit", () => {
    const values = Float64Array.from({ length: 10_001 }, (_, k) =>
      k === 4321 ? 9 : k === 8765 ? -9 : Math.sin(k / 500),
    );
    const kept = thin(values, 600);
    expect(kept.length).toBeLessThanOrEqual(600);
    for (const k of [0, 4321, 8765, 10_000]) expect(kept).toContain(k);
    expect(kept.every((k, place) => place === 0 || k > kept[place - 1])).toBe(true);
    expect(thin([1, 2, 3], 600)).toEqual([0, 1, 2]);
  });
});

describe("pictures", () => {
  it("hold a linear field exactly where its triangles are, and nothing elsewhere", () => {
    const extent = { left: 0, bottom: 0, width: 2, height: 1 };
    const raster = emptyRaster(extent, 40);
    // the left half, value = x
    drawTriangles(raster, extent, {
      xy: Float64Array.of(0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1),
      value: Float64Array.of(0, 1, 1, 0, 1, 0),
    });
    for (let row = 0; row < 20; row++)
      for (let column = 0; column < 40; column++) {
        const value = raster.value[row * 40 + column];
        if (column < 20) expect(Math.abs(value - (column + 0.5) / 20)).toBeLessThan(1e-6);
        else expect(value).toBeNaN();
      }
    const index = quantise(raster, [0, 1]);
    const png = decode(Buffer.from(pngUri(index, 40, 20, schemePalette("viridis")).split(",")[1], "base64"));
    expect([png.width, png.height]).toEqual([40, 20]);
    expect(png.palette!.slice(0, 3).map((colour) => colour[3])).toEqual([0, 50, 255]);
    expect([...png.data.slice(18, 22)]).toEqual([...index.slice(18, 22)]);
  });

  it("find each particle's surface and the class of carbon/binder behind it", async () => {
    const result = readRunFolder(folder({ fieldCycles: [1] }));
    const contact = contactOf(await readSnapshot(result.fields[0], 3));
    expect(contact.particle).toHaveLength(3 * 48);
    const share = [0, 1, 2].map((p) => {
      const own = [...contact.binder].filter((_, f) => contact.particle[f] === p);
      return own.filter((binder) => binder === 0).length / own.length;
    });
    prototypeRun().coverage.forEach((coverage, p) => {
      expect(Math.abs(share[p] - coverage)).toBeLessThan(1.5 / 48);
      expect(Math.abs(contact.centre[2 * p] - 16e-6 * (p + 0.5))).toBeLessThan(1e-9);
    });
  });
});

describe("the report", () => {
  it("is one file without network or script, small, and answers", async () => {
    const out = join(place, "report.html");
    const folders = [folder({ steps: 150, fieldCycles: [1, 2, 10, 20, 40] }), folder({ feedback: "off" })];
    await buildReport(folders, out);
    expect(statSync(out).size).toBeLessThan(8e6);
    const html = readFileSync(out, "utf8");
    expect(/<script(?! type="application\/json")|<link|\ssrc=|@import|url\((?!#)/.exec(html)?.[0]).toBeUndefined();
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html.match(/<figure /g)!.length).toBeGreaterThan(25);
    const specs = [...html.matchAll(/<script type="application\/json" id="([^"]*)">([^<]*)</g)];
    expect(new Set(specs.map(([, id]) => id)).size).toBe(html.match(/<figure /g)!.length);
    for (const [, , json] of specs) expect(JSON.parse(json)).toHaveProperty("$schema");
    for (const words of [
      "They fell into step at cycle 19",
      "feedback off: S<sub>c</sub>(end)/S<sub>c</sub>(2) 1,",
      "synchrode run with --with-controls",
      "10.1126/science.abm8962",
      "10.1016/j.electacta.2022.140700",
      "webasm",
      "assumed",
    ])
      expect(html.includes(words), words).toBe(true);
  });

  it("is the same file for the same results", async () => {
    const [path, a, b] = [folder({ cycles: 3, fieldCycles: [1] }), join(place, "a.html"), join(place, "b.html")];
    await buildReport([path], a);
    await buildReport([path], b);
    expect(readFileSync(a).equals(readFileSync(b))).toBe(true);
  });

  it("escapes what people wrote and says when a run is not done", async () => {
    const path = folder({ title: '<b>5C & "more"</b>', cycles: 2 });
    const manifest = JSON.parse(readFileSync(join(path, "manifest.json"), "utf8"));
    writeFileSync(
      join(path, "manifest.json"),
      JSON.stringify({ ...manifest, status: "failed", message: "Newton <gave> up" }),
    );
    const out = join(path, "report.html");
    await buildReport([path], out);
    const html = readFileSync(out, "utf8");
    expect(/<h1>.*<\/h1>/.exec(html)![0]).toBe("<h1>‹b&gt;5C &amp; &quot;more&quot;‹/b&gt;</h1>");
    expect(/This run failed[^.]*/.exec(html)![0]).toBe("This run failed: Newton ‹gave&gt; up");
  });
});

describe("the answer", () => {
  it("says when surfaces left the range in which the potential is known", async () => {
    const html = async (summary: Record<string, unknown>) => {
      const path = folder({ cycles: 1, summary });
      await buildReport([path], join(path, "report.html"));
      return readFileSync(join(path, "report.html"), "utf8");
    };
    const range = { smallest: 0.2, largest: 0.8, measured: [0.266, 0.906], inside: false };
    expect(await html({ range })).toContain("Particles ran from s = 0.2 to 0.8");
    expect(await html({ range: { ...range, smallest: 0.3, inside: true } })).not.toContain("Particles ran from");
    expect(await html({})).not.toContain("Particles ran from");
  });
});

describe("half disks on an axis", () => {
  it("have their middle on the axis and angles from −90° to 90°", () => {
    // a triangle fan of a half disk, and one carbon/binder triangle against each surface edge
    const angles = Array.from({ length: 9 }, (_, k) => (-90 + 22.5 * k) * (Math.PI / 180));
    const ring = (r: number) => angles.flatMap((a) => [r * Math.cos(a), 5 + r * Math.sin(a)]);
    const nodes = Float64Array.from([0, 5, ...ring(3), ...ring(3), ...ring(4)]);
    const inside = angles.slice(1).flatMap((_, k) => [0, 1 + k, 2 + k]);
    const outside = angles.slice(1).flatMap((_, k) => [11 + k, 10 + k, 19 + k]);
    const snapshot: Snapshot = {
      time: 0,
      cycle: 1,
      nodes,
      nodesPerCell: 3,
      cells: [...inside, ...outside],
      region: [...new Array(8).fill(0), ...new Array(8).fill(2)],
      particles: 1,
      point: new Map(),
      cell: new Map(),
    };
    const contact = contactOf(snapshot);
    expect(contact.half).toBe(true);
    expect(contact.particle).toHaveLength(8);
    expect([...contact.binder]).toEqual(new Array(8).fill(1));
    expect(Math.abs(contact.centre[0]) + Math.abs(contact.centre[1] - 5)).toBeLessThan(1e-12);
    expect(Math.abs(angleOf(snapshot, contact, 0, contact.ends[0]) + 90)).toBeLessThan(1e-9);
  });
});
