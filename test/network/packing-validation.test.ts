import { describe, expect, it } from "vitest";
import { takeRadii } from "../../src/network/packing/radius-distribution.js";
import { columnOf } from "../../src/table/particle-table.js";
import {
  distanceOverCritical,
  measuredCathode,
  packingQuality,
  packLikeMeasured,
  statisticsOf,
} from "../../validation/packing.js";
import { expectNear } from "../law/tolerance.js";
import { measuredTable, measuredTableIsThere } from "./measured-particles.js";

describe("packing, against what must hold", () => {
  it("fills a box with lognormal spheres between walls, exactly and repeatably", () => {
    const { overlap, fractionError, radiiDistance, sameBits } = packingQuality(400, 0.57, false, 2);
    expect(overlap).toBeLessThanOrEqual(1e-9);
    expect(Math.abs(fractionError)).toBeLessThan(1e-12);
    expectNear(radiiDistance, 0.5 / 400, 1e-9);
    expect(sameBits).toBe(true);
  });

  it("regenerates coordination and distances of a tomographed cathode", () => {
    const { coordination, sixNearest } = statisticsOf(packLikeMeasured(800, 3));
    expectNear(coordination, measuredCathode.coordination, 0.1);
    expectNear(sixNearest, measuredCathode.sixNearest, 0.1);
  });
});

describe.skipIf(!measuredTableIsThere)("the measured table (needs the shared data)", () => {
  const table = measuredTableIsThere ? measuredTable() : null;

  it("has the statistics that the packing is held against", () => {
    const edge = columnOf(table!, "touches_edge");
    const mean = (name: string) => {
      const inner = columnOf(table!, name).filter((_, row) => edge[row] === 0);
      return inner.reduce((sum, value) => sum + value, 0) / inner.length;
    };
    expectNear(mean("r_eq_um"), measuredCathode.meanRadius, 2e-4);
    expectNear(mean("coordination"), measuredCathode.coordination, 2e-4);
    expectNear(mean("dis_nearest6_um"), measuredCathode.sixNearest, 2e-4);
  });

  it("has radii that the fitted lognormal could have given, and no other of 5 % larger median", () => {
    expect(distanceOverCritical(takeRadii(measuredCathode.radii, 1256, 1), table!)).toBeLessThan(1);
    const larger = takeRadii(measuredCathode.radii, 1256, 1).map((r) => 1.05 * r);
    expect(distanceOverCritical(larger, table!)).toBeGreaterThan(1);
  });
});
