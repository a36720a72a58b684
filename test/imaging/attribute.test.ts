import { parquetReadObjects } from "hyparquet";
import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { measure } from "../../src/imaging/attribute/measure.js";
import { orientationOrder } from "../../src/imaging/attribute/neighbourhood.js";
import { principalAxes } from "../../src/imaging/attribute/principal-axes.js";
import { greyPicture, usualAppearance } from "../../src/imaging/phantom/grey.js";
import { phantom } from "../../src/imaging/phantom/phantom.js";
import { particleParquet } from "../../src/table/particle-parquet.js";
import { columnOf } from "../../src/table/particle-table.js";
import { ballSpecimen, measureBall } from "../../validation/imaging/balls.js";
import { contactRatio, coverageError, damageFound, specimenOf } from "../../validation/imaging/phantoms.js";
import { columnsCorrelate, cutSlice, labelledSlice, measureSlice } from "../../validation/imaging/slice.js";
import { ballsAt } from "../../validation/imaging-balls.js";
import { ways } from "../../validation/imaging-phantoms.js";

describe("balls", () => {
  it("have the area and sphericity of balls", () => {
    for (const radius of [8, 12]) {
      const { worstArea, sphericity } = ballsAt(radius, 4);
      expect(worstArea).toBeLessThan(0.02);
      expect(Math.abs(sphericity - 0.995)).toBeLessThan(0.015);
    }
  });

  it("have the sphericities of the published code where surfaces are counts", () => {
    expect(Math.abs(measureBall(10).paperSphericity - 2.1)).toBeLessThan(0.01);
    expect(Math.abs(measureBall(20).paperSphericity - 1.93)).toBeLessThan(0.01);
  });

  it("keep size and place when the voxels are unlike", () => {
    const specimen = ballSpecimen(15);
    const stretched = measure({ ...specimen, voxelSize: [0.2, 0.1, 0.1] }).particles;
    expect(Math.abs(columnOf(stretched, "Elongation")[0] / 2 - 1)).toBeLessThan(0.01);
    const plain = measure(specimen).particles;
    const ratio = columnOf(stretched, "Volume [um3]")[0] / columnOf(plain, "Volume [um3]")[0];
    expect(Math.abs(ratio / 0.002 - 1)).toBeLessThan(1e-9);
    const spheroid = columnOf(stretched, "Outer roughness")[0];
    expect(Math.abs(spheroid - 1)).toBeLessThan(0.05);
  });
});

describe("painted particles", () => {
  it("have the volume of their slits within 2 %, and lose nothing of a hollow", () => {
    for (const width of [3, 6]) {
      const { damage, hollow, crack } = damageFound(width, width / 2 + 0.5);
      expect(Math.abs(damage)).toBeLessThan(0.002);
      expect(Math.abs(crack)).toBeLessThan(0.02);
      expect(hollow).toBe(0);
    }
  });

  it("touch over the circle they share, and are covered as they were painted", () => {
    // Shallow and deep by turns: every way was tried at both depths when this was written.
    for (const [k, way] of ([...ways, [5, 1, 0], [0, 0, 1]] as const).entries())
      expect(Math.abs(contactRatio(15, k % 2 === 0 ? 3.75 : 7.5, way) - 1)).toBeLessThan(0.03);
    expect(Math.abs(coverageError(Math.PI / 2, [3, 2, 1], 15))).toBeLessThan(0.03);
  });

  it("touch each other alike from both sides", () => {
    const balls = [
      { centre: [12, 15, 15] as const, radius: 9 },
      { centre: [26, 16, 14] as const, radius: 8 },
    ];
    const made = phantom({ balls, cracks: [], hollows: [], caps: [] }, [30, 30, 40], [1, 1, 1]);
    const { contacts, particles } = measure(specimenOf(made));
    expect([...columnOf(contacts, "Particle")]).toEqual([1]);
    expect([...columnOf(contacts, "Other particle")]).toEqual([2]);
    expect([...columnOf(particles, "Coordination")]).toEqual([1, 1]);
    expect([...columnOf(particles, "Touches edge")]).toEqual([0, 0]);
    const faces = made.truth.map((_, k) => columnOf(particles, "Contact")[k]);
    expect(faces.every((share) => share > 0.02 && share < 0.3)).toBe(true);
  });

  it("have the grey level of their material away from cracks", () => {
    const balls = [{ centre: [20, 20, 20] as const, radius: 14 }];
    const cracks = [{ particle: 1, normal: [0, 0, 1] as const, offset: 3, width: 3 }];
    const made = phantom({ balls, cracks, hollows: [], caps: [] }, [40, 40, 40], [1, 1, 1]);
    const grey = greyPicture(made.phases, { ...usualAppearance, blur: 0, noise: 4 }, draws(1, "noise"));
    const { particles } = measure({ ...specimenOf(made), grey: grey.data });
    expect(Math.abs(columnOf(particles, "Electron density")[0] - 176)).toBeLessThan(0.5);
    expect(Math.abs(1 / columnOf(particles, "Homogeneity")[0] - 4)).toBeLessThan(0.3);
  });
});

describe("axes", () => {
  it("are those of a stretched body", () => {
    const { values, longest } = principalAxes([2, 2, 1, 1, 0, 0]);
    expect(Math.abs(values[0] - 3)).toBeLessThan(1e-12);
    expect(Math.abs(longest[0] - Math.SQRT1_2)).toBeLessThan(1e-12);
    expect(Math.abs(longest[1] - Math.SQRT1_2)).toBeLessThan(1e-12);
  });

  it("are in order when parallel and not when they span space", () => {
    expect(
      Math.abs(
        orientationOrder([
          [1, 0, 0],
          [-1, 0, 0],
          [1, 0, 0],
        ]) - 1,
      ),
    ).toBeLessThan(1e-12);
    expect(
      Math.abs(
        orientationOrder([
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
      ),
    ).toBeLessThan(1e-12);
  });
});

describe("tables", () => {
  it("are the same in Parquet", async () => {
    const { particles } = measure(ballSpecimen(8));
    const file = particleParquet(particles);
    const rows = await parquetReadObjects({
      file: file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer,
    });
    expect(Object.keys(rows[0])).toEqual([...particles.names]);
    for (const name of particles.names) expect(rows[0][name]).toEqual(columnOf(particles, name)[0]);
  });
});

const slice = labelledSlice();

describe.skipIf(slice === null)("the slice labelled by hand", () => {
  it("is cut as its authors drew it", async () => {
    const { f1, recall, mean_matched_score } = await cutSlice(slice!);
    expect(f1).toBeGreaterThanOrEqual(0.8);
    expect(recall).toBeGreaterThanOrEqual(0.9);
    expect(mean_matched_score).toBeGreaterThanOrEqual(0.84);
  });

  it("shows damage inside the published attributes and none in ours", async () => {
    const table = await measureSlice(slice!);
    const damage = [...columnOf(table, "Damage (paper)")].sort((a, b) => a - b);
    const quantile = (share: number) => {
      const at = share * (damage.length - 1);
      const low = damage[Math.floor(at)];
      return low + (at % 1) * (damage[Math.ceil(at)] - low);
    };
    const due = [0, 0, 0.0065, 0.0305, 0.0907, 0.1236, 0.1821];
    for (const [k, share] of [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95].entries()) {
      expect(Math.abs(quantile(share) - due[k])).toBeLessThan(0.005);
    }
    expect(columnsCorrelate(table, "VSratio (paper)", "Damage (paper)")).toBeLessThan(-0.87);
    expect(Math.abs(columnsCorrelate(table, "Volume-surface ratio", "Damage (paper)"))).toBeLessThan(0.17);
  });
});
