import { describe, expect, it } from "vitest";
import { draws } from "../../src/draws/draws.js";
import { neighbourhood, surroundingsColumns } from "../../src/network/neighbours/attributes.js";
import { ballInBox } from "../../src/network/neighbours/ball-in-box.js";
import { contactShare } from "../../src/network/neighbours/contact-share.js";
import { adjacencyOf, contactsWithin, coordination } from "../../src/network/neighbours/contacts.js";
import { commonMeasure } from "../../src/network/neighbours/lens.js";
import { meanDistance, nearestNeighbours } from "../../src/network/neighbours/nearest.js";
import { bondOrder, nematicOrder, orientationOrder } from "../../src/network/neighbours/order.js";
import { packingDensity } from "../../src/network/neighbours/packing-density.js";
import { spreadAmongNearest } from "../../src/network/neighbours/spread.js";
import { faceCentredCubic, hexagonal, packOnLattice, simpleCubic } from "../../src/network/packing/lattice-packing.js";
import { lognormalRadii, takeRadii } from "../../src/network/packing/radius-distribution.js";
import { packAtRandom, packed } from "../../src/network/packing/random-packing.js";
import { chains, scattered } from "../../src/network/packing/start.js";
import { type Packing, solidFraction } from "../../src/space/packing.js";
import { columnOf } from "../../src/table/particle-table.js";
import { expectNear } from "../law/tolerance.js";
import { measuredTable, measuredTableIsThere } from "./measured-particles.js";

type Lattice = Parameters<typeof packOnLattice>[0];

/** Particles of radius 1, with sides that repeat. */
const onLattice = (lattice: Lattice["lattice"], counts: Lattice["counts"], clearance: number) =>
  packOnLattice({ lattice, counts, radius: 1, spacing: { clearance }, periodic: true });

/** Points anywhere, radii over more than two factors of ten: no packing, which no search may take for granted. */
function cloud(dimension: 2 | 3, periodic: boolean, count: number): Packing {
  const random = draws(11, "cloud");
  const box = [10, 8, dimension === 3 ? 9 : 0] as const;
  return {
    dimension,
    periodic,
    box,
    centre: Float64Array.from({ length: 3 * count }, (_, k) => random.uniform() * box[k % 3]),
    radius: Float64Array.from({ length: count }, () => 1.2 * 10 ** (-2.2 * random.uniform())),
  };
}

const clouds = ([2, 3] as const).flatMap((dimension) =>
  [false, true].map((periodic) => cloud(dimension, periodic, 400)),
);

function distanceOf({ centre, box, periodic, dimension }: Packing, i: number, j: number): number {
  const [dx, dy, dz] = [0, 1, 2].map((a) => Math.abs(centre[3 * i + a] - centre[3 * j + a]));
  const near = (d: number, side: number, repeats: boolean) => (repeats ? Math.min(d, side - d) : d);
  return Math.hypot(near(dx, box[0], periodic), near(dy, box[1], periodic && dimension === 3), dz);
}

describe("contacts", () => {
  it("are those that trying every pair finds", () => {
    for (const packing of clouds) {
      const gap = 0.05;
      const expected: [number, number][] = [];
      for (let i = 0; i < 400; i++)
        for (let j = i + 1; j < 400; j++)
          if (distanceOf(packing, i, j) < packing.radius[i] + packing.radius[j] + gap) expected.push([i, j]);
      const contacts = contactsWithin(packing, gap);
      expect(Array.from(contacts.first, (i, k) => [i, contacts.second[k]])).toEqual(expected);
      contacts.distance.forEach((d, k) => {
        const [i, j] = expected[k];
        expectNear(d, distanceOf(packing, i, j), 1e-12);
        expectNear(contacts.gap[k], d - packing.radius[i] - packing.radius[j], 1e-12, 1);
      });
    }
  });

  it("point from the first to the second through the nearer side", () => {
    const packing: Packing = {
      dimension: 2,
      periodic: true,
      box: [10, 4, 0],
      centre: Float64Array.of(0.5, 2, 0, 9.5, 2, 0),
      radius: Float64Array.of(0.5, 0.5),
    };
    const { count, direction } = contactsWithin(packing, 0.1);
    expect(count).toBe(1);
    expect([...direction]).toEqual([-1, 0, 0]);
    expect(contactsWithin({ ...packing, periodic: false }, 0.1).count).toBe(0);
  });

  it("are listed from both sides", () => {
    const contacts = contactsWithin(clouds[3], 0.05);
    const { start, neighbour, contact } = adjacencyOf(contacts, 400);
    expect(start[400]).toBe(2 * contacts.count);
    for (let i = 0; i < 400; i++)
      for (let e = start[i]; e < start[i + 1]; e++)
        expect([contacts.first[contact[e]], contacts.second[contact[e]]].sort((a, b) => a - b)).toEqual(
          [i, neighbour[e]].sort((a, b) => a - b),
        );
  });

  it("number twelve within a face-centred cubic lattice", () => {
    const packing = onLattice(faceCentredCubic, [3, 3, 3], 0);
    const count = coordination(contactsWithin(packing, 1e-9), packing.radius.length);
    packing.radius.forEach((_, i) => {
      const z = packing.centre[3 * i + 2];
      expect(count[i]).toBe(z < 1.5 || z > packing.box[2] - 1.5 ? 8 : 12);
    });
  });
});

describe("nearest neighbours", () => {
  it("are those that sorting all distances gives", () => {
    for (const packing of clouds) {
      const nearest = nearestNeighbours(packing, 6);
      for (let i = 0; i < 400; i += 3) {
        const all = Array.from({ length: 400 }, (_, j) => j)
          .filter((j) => j !== i)
          .sort((a, b) => distanceOf(packing, i, a) - distanceOf(packing, i, b));
        expect([...nearest.neighbour.subarray(6 * i, 6 * i + 6)]).toEqual(all.slice(0, 6));
      }
    }
  });

  it("are a lattice constant away on a cubic lattice, and all there are among few", () => {
    const packing = onLattice(simpleCubic, [4, 4, 4], 0.5);
    const inner = [...packing.radius.keys()].filter((i) => Math.abs(packing.centre[3 * i + 2] - 5) < 2);
    const mean = meanDistance(nearestNeighbours(packing, 6), 64);
    for (const i of inner) expectNear(mean[i], 2.5, 1e-12);
    expect(
      nearestNeighbours({ ...packing, radius: packing.radius.slice(0, 3), centre: packing.centre.slice(0, 9) }, 6).each,
    ).toBe(2);
    expect(() => nearestNeighbours(packing, 0)).toThrow("whole number from 1");
  });
});

describe("measures of surroundings", () => {
  it("common volume of balls: caps, containment, and disks against a sum of strips", () => {
    expectNear(commonMeasure(3, 1, 1, 1), (5 / 12) * Math.PI, 1e-14);
    expectNear(commonMeasure(3, 2, 0.5, 1), (4 / 3) * Math.PI * 0.125, 1e-14);
    expect(commonMeasure(3, 1, 1, 2)).toBe(0);
    const strips = 200000;
    let area = 0;
    for (let k = 0; k < strips; k++) {
      const x = 0.2 + (0.8 * (k + 0.5)) / strips;
      const one = Math.sqrt(1 - x * x);
      const other = 0.7 ** 2 - (x - 0.9) ** 2;
      if (other > 0) area += (1.6 / strips) * Math.min(one, Math.sqrt(other));
    }
    expectNear(commonMeasure(2, 1, 0.7, 0.9), area, 1e-6);
  });

  it("a ball cut by a box: octants, caps, slabs, and parts that make the whole", () => {
    const everywhere = [9, 9, 9];
    expectNear(ballInBox(3, 1, [0, 0, 0], everywhere), Math.PI / 6, 1e-12);
    expectNear(ballInBox(3, 1, [0.5, -9, -9], everywhere), (Math.PI * 0.25 * 2.5) / 3, 3e-3);
    expectNear(ballInBox(3, 1, [-9, -9, 0.5], everywhere), (Math.PI * 0.25 * 2.5) / 3, 1e-12);
    expectNear(ballInBox(2, 1, [0.5, -9], [9, 9]), Math.PI / 3 - Math.sqrt(3) / 4, 1e-12);
    const cuts = [-9, -0.3, 0.45, 9];
    for (const dimension of [2, 3] as const) {
      let sum = 0;
      for (let a = 0; a < 3; a++)
        for (let b = 0; b < 3; b++)
          for (let c = 0; c < (dimension === 3 ? 3 : 1); c++)
            sum += ballInBox(dimension, 1, [cuts[a], cuts[b], cuts[c]], [cuts[a + 1], cuts[b + 1], cuts[c + 1]]);
      expectNear(sum, dimension === 3 ? (4 / 3) * Math.PI : Math.PI, dimension === 3 ? 2e-4 : 1e-13);
    }
  });

  it("packing density is the solid fraction where the window is the whole box", () => {
    const radius = takeRadii(lognormalRadii(1, 0.3), 120, 2);
    for (const dimension of [2, 3] as const) {
      for (const periodic of [false, true]) {
        const packing = packed(packAtRandom({ dimension, radius, solidFraction: 0.5, periodic, seed: 1 }));
        for (const density of packingDensity(packing, 1000)) expectNear(density, solidFraction(packing), 1e-4);
      }
    }
  });

  it("packing density in a window is what points thrown into it hit", () => {
    const radius = takeRadii(lognormalRadii(1, 0.3), 150, 2);
    const packing = packed(packAtRandom({ dimension: 3, radius, solidFraction: 0.55, periodic: true, seed: 1 }));
    const density = packingDensity(packing, 2.5);
    const random = draws(1, "points");
    for (const i of [3, 77]) {
      const half = 2.5;
      let [hits, tries] = [0, 0];
      while (tries < 10000) {
        const at = [0, 1, 2].map((a) => packing.centre[3 * i + a] + (2 * random.uniform() - 1) * half);
        if (at[2] < 0 || at[2] > packing.box[2]) continue;
        tries++;
        const probe = { ...packing, centre: Float64Array.of(...packing.centre, ...at) };
        if (radius.some((r, j) => distanceOf(probe, 150, j) < r)) hits++;
      }
      expectNear(density[i], hits / tries, 0.03);
    }
  });

  it("contact share of one neighbour is the part of the shell that it takes", () => {
    const packing: Packing = {
      dimension: 3,
      periodic: false,
      box: [20, 20, 20],
      centre: Float64Array.of(5, 5, 5, 7, 5, 5, 15, 15, 15),
      radius: Float64Array.of(1, 1, 1),
    };
    const share = contactShare(packing, 1);
    expectNear(share[0], commonMeasure(3, 2, 1, 2) / ((28 / 3) * Math.PI), 1e-12);
    expect(share[1]).toBe(share[0]);
    expect(share[2]).toBe(0);
    expect(() => contactShare(packing, 0)).toThrow("above 0");
  });

  it("order is 1 along a line, whatever the sense, and 0 in a cross or along all axes", () => {
    expectNear(nematicOrder(3, [1, 0, 0, -1, 0, 0]), 1, 1e-14);
    expectNear(nematicOrder(3, [1, 0, 0, 0, 1, 0, 0, 0, 1]), 0, 1, 1e-14);
    expectNear(nematicOrder(3, [1, 0, 0, 0, 1, 0]), 0.25, 1e-14);
    expectNear(nematicOrder(2, [1, 0, 0, 0, 1, 0]), 0, 1, 1e-14);
    expectNear(nematicOrder(2, [0.6, 0.8, 0]), 1, 1e-14);
  });

  it("bonds are isotropic in a hexagonal lattice, and chains show along the depth", () => {
    const lattice = onLattice(hexagonal, [6, 6, 1], 0.1);
    const order = bondOrder(lattice, nearestNeighbours(lattice, 6));
    lattice.radius.forEach((_, i) => {
      const y = lattice.centre[3 * i + 1];
      if (y > 3 && y < lattice.box[1] - 3) expect(order[i]).toBeLessThan(1e-12);
    });
    const stacked = (start: typeof chains, logDeviation: number) => {
      const radius = takeRadii(lognormalRadii(1, logDeviation), 400, 1);
      const packing = packed(
        packAtRandom({ dimension: 3, radius, solidFraction: 0.5, periodic: true, seed: 2, start }),
      );
      const { direction, count, first, second } = contactsWithin(packing, 1 / 6);
      const carried = new Set<number>();
      for (let k = 0; k < count; k++) {
        if (Math.abs(direction[3 * k + 2]) > 0.9) carried.add(direction[3 * k + 2] > 0 ? first[k] : second[k]);
      }
      return carried.size / 400;
    };
    expect(stacked(scattered, 0)).toBeLessThan(0.3);
    expect(stacked(chains, 0)).toBeGreaterThan(0.8);
    expect(stacked(chains, 0.3)).toBeGreaterThan(1.8 * stacked(scattered, 0.3));
  });

  it("come together as columns, with units in the names", () => {
    const radius = takeRadii(lognormalRadii(4e-6, 0.3), 100, 1);
    const packing = packed(packAtRandom({ dimension: 3, radius, solidFraction: 0.5, periodic: true, seed: 1 }));
    const { particle, contact } = neighbourhood(packing);
    const total = particle.coordination.reduce((sum, n) => sum + n, 0);
    expect(total).toBe(2 * contact.count);
    const columns = surroundingsColumns(particle);
    for (const [name, values] of Object.entries(columns)) {
      expect(values.length).toBe(100);
      if (!name.startsWith("Orientation")) expect(values.every((value) => value >= 0)).toBe(true);
    }
    expectNear(columns["Distance of six nearest [um]"][0], 1e6 * particle.nearestSixDistance[0], 1e-15);
    expect(particle.orientationOrder.every(Number.isNaN)).toBe(true);
    expect(particle.elongationSpread.every((s) => s === 0)).toBe(true);
  });
});

describe.skipIf(!measuredTableIsThere)("the measured particles of a real cathode (needs the shared data)", () => {
  it("have the neighbours, spreads and order that their table says", () => {
    const table = measuredTable();
    const column = (name: string) => columnOf(table, name);
    const [x, y, z] = ["x_um", "y_um", "z_um"].map(column);
    const packing: Packing = {
      dimension: 3,
      periodic: false,
      box: [119.8, 119.8, 99.9],
      centre: Float64Array.from({ length: 3 * table.rows }, (_, k) => [x, y, z][k % 3][Math.floor(k / 3)]),
      radius: column("r_eq_um"),
    };
    const nearest = nearestNeighbours(packing, 6);
    const axis = Float64Array.from(
      packing.centre,
      (_, k) => column(["dir_x", "dir_y", "dir_z"][k % 3])[Math.floor(k / 3)],
    );
    const found = {
      nn1_um: packing.radius.map((_, i) => nearest.distance[6 * i]),
      dis_nearest6_um: meanDistance(nearest, table.rows),
      volume_std6_um3: spreadAmongNearest(column("volume_um3"), nearest),
      elong_std6: spreadAmongNearest(column("elongation"), nearest),
      orient_order6_S: orientationOrder(3, axis, nearest),
    };
    for (const [name, values] of Object.entries(found)) {
      const printed = column(name);
      const off = values.map((value, i) => Math.abs(value - printed[i]) / Math.max(Math.abs(printed[i]), 0.1));
      const worst = off.reduce((most, value) => Math.max(most, value), 0);
      expect(worst, name).toBeLessThan(5e-4);
    }
  });
});
