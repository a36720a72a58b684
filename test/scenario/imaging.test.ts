import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cardWords } from "../../src/imaging/dataset-card.js";
import { readCalibration } from "../../src/scenario/imaging/calibration-file.js";
import { cardBeside, readDatasetCard } from "../../src/scenario/imaging/dataset-card.js";
import { scratchFolder } from "../scratch-folder.js";
import { refusal } from "./refusal.js";

const { folder, written } = scratchFolder();

const card = [
  "sample: cathode, 50 cycles",
  "chemistry: NMC811",
  "cycling: { cycles: 50, charge: 5C, temperature: 298.15 K }",
  "voxelSize: [400 nm, 398 nm, 398 nm]",
  "source: doi:10.1126/science.abm8962",
  "licence: GPL-3.0",
].join("\n");

describe("a dataset card", () => {
  it("keeps its words, and its voxel size in µm", () => {
    const read = readDatasetCard(written("good.yaml", card));
    expect(read.voxelSize).toEqual([0.4, 0.398, 0.398]);
    expect(Object.fromEntries(cardWords(read))).toMatchObject({
      Cycling: "50 cycles, charged at 5C, 298.15 K",
      "Voxel size": "0.4 × 0.398 × 0.398 um (z, y, x)",
      Licence: "GPL-3.0",
    });
  });

  it("is refused with every fault, its line and what is allowed", () => {
    const found = refusal(() =>
      readDatasetCard(
        written("bad.yaml", "sample: x\nchemisty: NMC\ncycling: { cycles: -1, charge: 5 }\nvoxelSize: 398\n"),
      ),
    );
    expect(found).toMatch(/bad.yaml:2:1: chemisty: .*did you mean chemistry/);
    expect(found).toMatch(/cycling.cycles: found -1; allowed: a whole number/);
    expect(found).toMatch(/cycling.charge: found 5; allowed: a rate with its unit/);
    expect(found).toMatch(/voxelSize: found 398; allowed: a length with its unit/);
    expect(found).toMatch(/licence: found nothing/);
    expect(refusal(() => readDatasetCard(written("empty.yaml", "# nothing\n")))).toContain("sample: found nothing");
  });

  it("is found beside its volume, the one of its own name first", () => {
    mkdirSync(join(folder, "scan"));
    const volume = join(folder, "scan", "cathode.tif");
    expect(cardBeside(volume)).toBeNull();
    const common = written(join("scan", "card.yaml"), card);
    expect(cardBeside(volume)).toBe(common);
    expect(cardBeside(join(folder, "scan"))).toBe(common);
    const own = written(join("scan", "cathode.card.yaml"), card);
    expect(cardBeside(volume)).toBe(own);
  });
});

describe("a calibration file", () => {
  const good = [
    "references:",
    "  - { name: air, greyLevel: 20, electronDensity: 0 1/angstrom^3 }",
    "  - { name: aluminium, greyLevel: 180, electronDensity: 784 1/nm^3 }",
    "states:",
    "  - { stoichiometry: 1, electronDensity: 1.40 1/angstrom^3, deviation: 0.01 1/angstrom^3 }",
    "  - { stoichiometry: 0.5, electronDensity: 1.36 1/angstrom^3 }",
    "unseenVoid: 0.01",
  ];

  it("makes electron densities and stoichiometries of grey levels, with deviations", () => {
    const { calibration } = readCalibration(written("calibration.yaml", good.join("\n")));
    expect(Math.abs(calibration.slope / (0.784 / 160) - 1)).toBeLessThan(1e-9);
    const grey = (1.38 - calibration.intercept) / calibration.slope;
    const found = calibration.state({ value: grey, deviation: 1 });
    expect(Math.abs(found.stoichiometry - 0.75)).toBeLessThan(1e-9);
    const due = (0.5 / 0.04) * Math.hypot(calibration.slope, 0.01 * 1.38);
    expect(Math.abs(found.deviation / due - 1)).toBeLessThan(1e-9);
    expect(Math.abs(found.shared / ((0.5 / 0.04) * 0.005) - 1)).toBeLessThan(1e-9);
    expect(found.beyond).toBe(false);
    expect(calibration.state({ value: 20, deviation: 0 }).beyond).toBe(true);
  });

  it("is refused where one electron density has two stoichiometries, or one reference stands alone", () => {
    const turning = [...good.slice(0, 6), "  - { stoichiometry: 0.2, electronDensity: 1.38 1/angstrom^3 }"].join("\n");
    expect(refusal(() => readCalibration(written("turning.yaml", turning)))).toMatch(
      /turning.yaml:4:1: states: .*turns back/,
    );
    const alone = [...good.slice(0, 2), ...good.slice(3)].join("\n");
    expect(refusal(() => readCalibration(written("alone.yaml", alone)))).toContain("one grey level only");
    const bare = good.join("\n").replace("784 1/nm^3", "784");
    expect(refusal(() => readCalibration(written("bare.yaml", bare)))).toContain("with its unit");
  });
});
