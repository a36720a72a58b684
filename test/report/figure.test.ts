import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Context, makeContext } from "../../src/report/context.js";
import { balances } from "../../src/report/figure/balances.js";
import { damageAround } from "../../src/report/figure/damage-around.js";
import { domainOf, fieldMap, quantities } from "../../src/report/figure/field-map.js";
import { damageFirstCharge, lithiumFirstCharge } from "../../src/report/figure/first-charge.js";
import { geometry } from "../../src/report/figure/geometry.js";
import {
  chargePassed,
  damageDeviation,
  damageOverCycles,
  endVoltage,
  lithiumSpread,
} from "../../src/report/figure/over-cycles.js";
import { damageOverlay, lithiumOverlay } from "../../src/report/figure/overlay.js";
import { voltageCurves } from "../../src/report/figure/voltage-curves.js";
import { measureRun } from "../../src/report/measured-run.js";
import { renderSvg } from "../../src/report/render.js";
import { readRunFolder } from "../../src/result/run-folder.js";
import { writeResultFolder } from "./result-folder.js";

const place = mkdtempSync(join(tmpdir(), "synchrode-figures-"));
let context: Context;
const axes = ["x (µm)", "y (µm)"] as const;

beforeAll(async () => {
  const [on, off] = [join(place, "on"), join(place, "off")];
  writeResultFolder(on, { cycles: 12, steps: 6, fieldCycles: [1, 12] });
  writeResultFolder(off, { cycles: 12, steps: 6, feedback: "off" });
  const [run, other] = await Promise.all([on, off].map(async (folder) => measureRun(readRunFolder(folder))));
  context = await makeContext(run, [{ run: other }]);
});
afterAll(() => rmSync(place, { recursive: true }));

/** Pictures by their hash; a line a row of data. */
const readable = (spec: object) => {
  const hash = (text: unknown) => createHash("sha256").update(String(text)).digest("hex").slice(0, 16);
  const text = JSON.stringify(spec, (key, value) => (key === "url" ? hash(value) : value));
  return `${text.replaceAll("},{", "},\n{")}\n`;
};

const moment = () => context.moments[0];
const map = (title: string) => {
  const quantity = quantities.find((one) => one.title.startsWith(title))!;
  const { snapshot, contact } = moment();
  return fieldMap(quantity, snapshot, contact, domainOf(quantity, [snapshot])!, axes);
};

const figures: Readonly<Record<string, () => object>> = {
  geometry: () => geometry(context.run, moment().snapshot, moment().contact, axes),
  "lithium-first-charge": () => lithiumFirstCharge(context.run),
  "damage-first-charge": () => damageFirstCharge(context.run),
  "lithium-spread": () => lithiumSpread(context.run),
  "damage-over-cycles": () => damageOverCycles(context.run),
  "damage-deviation": () => damageDeviation(context.run),
  "end-voltage": () => endVoltage(context.run),
  "charge-passed": () => chargePassed(context.run),
  "voltage-curves": () => voltageCurves(context.run),
  "damage-around": () => {
    const parts = context.moments.map(({ snapshot, contact }) => ({ snapshot, contact }));
    return damageAround(
      context.run,
      1,
      parts.map(({ snapshot }) => snapshot),
      parts.map(({ contact }) => contact),
    );
  },
  "map-stoichiometry": () => map("Stoichiometry"),
  "map-potential": () => map("Potential"),
  "map-hydrostatic-stress-particles": () => map("Hydrostatic stress in particles"),
  "map-hydrostatic-stress-binder": () => map("Hydrostatic stress in carbon/binder"),
  "map-von-mises-stress-particles": () => map("Von Mises stress in particles"),
  "map-von-mises-stress-binder": () => map("Von Mises stress in carbon/binder"),
  "map-opening": () => map("Opening"),
  "map-damage": () => map("Damage"),
  balances: () => balances(context.run),
  "lithium-overlay": () => lithiumOverlay([context.run, ...context.others]),
  "damage-overlay": () => damageOverlay([context.run, ...context.others]),
};

describe("each figure is the specification it was, and draws", () => {
  for (const [name, spec] of Object.entries(figures))
    it(name, async () => {
      await expect(readable(spec())).toMatchFileSnapshot(`figures/${name}.vl`);
      const svg = await renderSvg(spec() as never);
      expect(svg).toMatch(/^<svg /);
      expect(svg).toMatch(/<path|<image/);
      expect(svg).not.toMatch(/NaN|undefined/);
    });
});
