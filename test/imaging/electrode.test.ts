import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { measure } from "../../src/imaging/attribute/measure.js";
import { radialFindings } from "../../src/imaging/attribute/radial-columns.js";
import { tableS1 } from "../../src/imaging/attribute/table-s1.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { surfaceTruth } from "../../src/imaging/phantom/surface-truth.js";
import { columnRole } from "../../src/inference/learn/attribute.js";
import { particleFindings } from "../../src/inference/measured/findings.js";
import { sizeRelation } from "../../src/inference/measured/size-relation.js";
import { columnOf, particleTable } from "../../src/table/particle-table.js";
import { ballSpecimen } from "../../validation/imaging/balls.js";
import {
  detachmentByWay,
  measuredElectrode,
  shellErrors,
  spreadError,
  worst,
} from "../../validation/imaging/electrode.js";
import { specimenOf } from "../../validation/imaging/phantoms.js";

const electrode = measuredElectrode(1);

describe("a painted electrode", () => {
  it("is covered and detached as it was painted, also by the way faces look and by size", () => {
    expect(worst(electrode, "Coverage")).toBeLessThan(0.03);
    expect(Math.max(...detachmentByWay(electrode))).toBeLessThan(0.03);
    expect(spreadError(electrode)).toBeLessThan(0.01);
  });

  it("has the stoichiometry it was painted with from the surface inward, within the errors that are stated", () => {
    for (const where of ["Mean", "Surface", "Centre"]) {
      const { bias, overError, trueDeviation, deviation } = electrode.errors.get(`${where} stoichiometry`)!;
      expect(Math.abs(bias)).toBeLessThan(0.01);
      expect(Math.abs(overError! - 1)).toBeLessThan(0.3);
      expect(deviation).toBeLessThan(trueDeviation);
    }
    const { bias, overError, shells } = shellErrors(electrode);
    expect(shells).toBeGreaterThan(300);
    expect(Math.abs(bias)).toBeLessThan(0.01);
    expect(Math.abs(overError - 1)).toBeLessThan(0.3);
  });

  it("states wider errors where neighbours share their noise", () => {
    const shared = measuredElectrode(1, 0.3);
    expect(shared.radial.inflation).toBeGreaterThan(5);
    expect(Math.abs(electrode.radial.inflation - 1)).toBeLessThan(0.05);
    for (const where of ["Mean", "Surface", "Centre"]) {
      const { overError } = shared.errors.get(`${where} stoichiometry`)!;
      expect(overError).toBeGreaterThan(0.5);
      expect(overError).toBeLessThan(1.3);
    }
  });

  it("is described by distributions, correlations, places of damage against random labels, and size", () => {
    const { attributes, correlations, damage, detachment } = particleFindings(electrode.table, {
      permutations: 199,
      resamples: 100,
      seed: 1,
    });
    const coverage = attributes.find(({ name }) => name === "Coverage")!;
    expect(coverage.interval[0]).toBeLessThan(coverage.mean);
    expect(coverage.interval[1]).toBeGreaterThan(coverage.mean);
    const at = (name: string) => correlations.names.indexOf(name);
    expect(correlations.rho[at("Volume [um3]")][at("Outer surface [um2]")]!).toBeGreaterThan(0.98);
    expect(correlations.groups[at("Packing density")]).toBe("local");
    expect(damage!.severe.map(({ definition }) => definition)).toEqual(["damage above 0.1", "the 20 % most damaged"]);
    for (const { nearest } of damage!.severe) expect(nearest.p).toBeGreaterThan(0.002);
    expect(detachment!.bins.reduce((sum, { particles }) => sum + particles, 0)).toBe(55);
  });
});

describe("what a model of damage may use", () => {
  it("is no error, no label and no outcome", () => {
    const roles = new Map(electrode.table.names.map((name) => [name, columnRole(name).role]));
    expect([...roles].filter(([, role]) => role === "other")).toEqual([]);
    for (const name of ["Mean stoichiometry error", "Beyond calibration"]) expect(roles.get(name)).toBe("identity");
    for (const name of ["Mean stoichiometry", "Detachment towards +x"]) expect(roles.get(name)).toBe("outcome");
    expect(roles.get("Surface electron density")).toBe("chemical");
  });
});

describe("shells", () => {
  it("hold the volumes of shells of a ball, and every voxel once", () => {
    const radius = 20;
    const specimen = ballSpecimen(radius, [0.3, 0.1, 0.4]);
    const settings = { shells: 5, width: 4, most: 10, margin: 0 };
    const { columns, byFraction, byDepth } = radialFindings(specimen, settings, null);
    expect(Math.abs(columns["Inradius [um]"][0] / radius - 1)).toBeLessThan(0.03);
    const voxels = specimen.labels.reduce((sum, label) => sum + label, 0);
    for (const [table, width] of [
      [byFraction, 0.2 * radius],
      [byDepth, 4],
    ] as const) {
      const own = columnOf(table, "Voxels");
      expect(own.reduce((sum, count) => sum + count, 0)).toBe(voxels);
      for (let shell = 0; shell < 4; shell++) {
        const due = ((radius - shell * width) ** 3 - (radius - (shell + 1) * width) ** 3) / radius ** 3;
        expect(Math.abs(own[shell] / voxels - due)).toBeLessThan(0.02);
      }
    }
  });
});

describe("the attributes of table S1", () => {
  it("are 24, and stand in both registers", () => {
    expect(tableS1).toHaveLength(24);
    const { names } = measure(ballSpecimen(6), { register: "both", rim: 0 }).particles;
    for (const { physical, paper } of tableS1) expect(names).toEqual(expect.arrayContaining([physical, paper]));
  });
});

describe("coverage", () => {
  it("is unknown where no binder was told apart", () => {
    const made = phantom(
      { balls: [{ centre: [8, 8, 8], radius: 5 }], cracks: [], hollows: [], caps: [] },
      [16, 16, 16],
      [1, 1, 1],
    );
    const { particles } = measure(specimenOf(made));
    for (const name of ["Coverage", "Detachment", "Detachment towards +z"])
      expect(columnOf(particles, name)[0]).toBeNaN();
  });

  it("by geometry is the cap's share of the sphere, and nothing where the layer came off", () => {
    const balls = [{ centre: [10, 10, 10] as const, radius: 5 }];
    const cap = { particle: 1, towards: [0, 0, 1] as const, angle: Math.PI / 3, thickness: 1 };
    const of = (gap: number) =>
      surfaceTruth({ balls, cracks: [], hollows: [], caps: [{ ...cap, gap }] }, 0, [20, 20, 20]);
    expect(Math.abs(of(0).coverage - 0.25)).toBeLessThan(0.002);
    expect(Math.abs(of(0).towards[5] - 0.75)).toBeLessThan(0.005);
    expect(of(0).towards[4]).toBe(0);
    expect(of(0.5).coverage).toBe(0);
  });
});

describe("size", () => {
  it("tells a trend from a spread that falls with it", () => {
    const random = draws(3, "sizes");
    const size = Float64Array.from({ length: 400 }, () => 2 + 4 * random.uniform());
    const wide = sizeRelation(
      size,
      size.map((radius) => 0.5 + (0.3 / radius) * random.normal()),
      50,
      1,
    )!;
    expect(wide.spreadTrend.rho).toBeLessThan(-0.2);
    expect(wide.spreadTrend.p).toBeLessThan(1e-3);
    expect(Math.abs(wide.trend.rho)).toBeLessThan(0.15);
    const steep = sizeRelation(
      size,
      size.map((radius) => 0.1 * radius + 0.05 * random.normal()),
      50,
      1,
    )!;
    expect(steep.trend.rho).toBeGreaterThan(0.8);
    expect(Math.abs(steep.spreadTrend.rho)).toBeLessThan(0.25);
    for (const { mean, from, to } of steep.bins) expect(Math.abs(mean - 0.05 * (from + to))).toBeLessThan(0.03);
    expect(sizeRelation(size.slice(0, 10), size.slice(0, 10), 50, 1)).toBeNull();
  });

  it("leaves tables without damage or binder alone", () => {
    const line = Float64Array.from({ length: 20 }, (_, k) => k);
    const { damage, detachment } = particleFindings(
      particleTable({ Particle: line, "x [um]": line, "y [um]": line, "z [um]": line, Damage: new Float64Array(20) }),
    );
    expect([damage, detachment]).toEqual([null, null]);
  });
});
