import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Mesh } from "../../src/fem/mesh/mesh.js";
import { writeVtu } from "../../src/fem/mesh/vtu.js";
import type { RunRecord } from "../../src/inference/run-record.js";

const [radius, side, angles, rings] = [5e-6, 16e-6, 48, 5];

/** Writes fields/ of a row of disks at the ends of charge of some cycles: smooth fields made up from the record. */
export function writeFieldFiles(folder: string, record: RunRecord, cycles: readonly number[]): void {
  mkdirSync(join(folder, "fields"), { recursive: true });
  const mesh = tiledMesh(record.coverage);
  const sets = cycles.map((cycle) => {
    const file = `cycle-${String(cycle).padStart(4, "0")}-charge.vtu`;
    writeFileSync(join(folder, "fields", file), encode(mesh, record, cycle));
    return `<DataSet timestep="${record.cycles[cycle - 1].time}" file="${file}"/>`;
  });
  const head = '<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0">\n<Collection>';
  writeFileSync(join(folder, "fields", "fields.pvd"), `${head}\n${sets.join("\n")}\n</Collection>\n</VTKFile>\n`);
}

interface Tiles {
  readonly mesh: Mesh;
  /** `[node]` */
  readonly tile: Int32Array;
  /** `[node]` m from the middle of its disk; angle. */
  readonly distance: Float64Array;
  readonly angle: Float64Array;
  /** `[node]` 1 on the particle. */
  readonly inside: Uint8Array;
}

/** A square tile a disk: rings of nodes from the middle to the surface, and again from the surface to the square. */
function tiledMesh(coverage: readonly number[]): Tiles {
  const [nodes, cells, region] = [[] as number[], [] as number[], [] as number[]];
  const [tile, distance, angle, inside] = [[] as number[], [] as number[], [] as number[], [] as number[]];
  coverage.forEach((share, p) => {
    for (const within of [true, false]) {
      const start = nodes.length / 2;
      for (let ring = 0; ring <= rings; ring++)
        for (let a = 0; a < angles; a++) {
          const theta = (2 * Math.PI * a) / angles;
          const wall = side / 2 / Math.max(Math.abs(Math.cos(theta)), Math.abs(Math.sin(theta)));
          const r = within ? (radius * ring) / rings : radius + ((wall - radius) * ring) / rings;
          nodes.push(side * (p + 0.5) + r * Math.cos(theta), side / 2 + r * Math.sin(theta));
          tile.push(p);
          distance.push(r);
          angle.push(theta);
          inside.push(within ? 1 : 0);
        }
      for (let ring = 0; ring < rings; ring++)
        for (let a = 0; a < angles; a++) {
          const [b, low, high] = [(a + 1) % angles, start + ring * angles, start + (ring + 1) * angles];
          const middle = (2 * Math.PI * (a + 0.5)) / angles;
          const away = Math.abs(((middle - 1.5 * Math.PI + 3 * Math.PI) % (2 * Math.PI)) - Math.PI);
          const place = within ? p : coverage.length + (away <= Math.PI * share ? 0 : 1);
          if (!within || ring > 0) {
            cells.push(low + a, high + a, low + b);
            region.push(place);
          }
          cells.push(low + b, high + a, high + b);
          region.push(place);
        }
    }
  });
  const empty = new Int32Array(0);
  const mesh: Mesh = {
    dimension: 2,
    order: 1,
    nodes: Float64Array.from(nodes),
    nodesPerCell: 3,
    cells: Int32Array.from(cells),
    region: Int32Array.from(region),
    particles: coverage.length,
    contact: { nodesPerFacet: 2, particleNodes: empty, binderNodes: empty, particle: empty, binder: empty },
    boundary: { nodesPerFacet: 2, nodes: empty, side: empty },
  };
  const [tiles, places] = [Int32Array.from(tile), Float64Array.from(distance)];
  return { mesh, tile: tiles, distance: places, angle: Float64Array.from(angle), inside: Uint8Array.from(inside) };
}

function encode({ mesh, tile, distance, angle, inside }: Tiles, record: RunRecord, cycle: number): string {
  const { meanStoichiometry, damage, voltage } = record.cycles[cycle - 1];
  const count = tile.length;
  const field = (at: (k: number) => number) => ({
    components: 1,
    values: Float64Array.from({ length: count }, (_, k) => at(k)),
  });
  const surface = (at: (k: number) => number) =>
    field((k) => (Math.abs(distance[k] - radius) < 1e-12 ? at(k) : Number.NaN));
  const uneven = (k: number) => 1 + 0.6 * Math.cos(2 * angle[k]) - 0.2 * Math.sin(angle[k]);
  const points = {
    Stoichiometry: field((k) =>
      inside[k] ? meanStoichiometry[tile[k]] + 0.02 * (1 - 2 * (distance[k] / radius) ** 2) : Number.NaN,
    ),
    "Potential [V]": field((k) => (inside[k] ? Number.NaN : voltage - 0.004 * (mesh.nodes[2 * k + 1] / side))),
    "Displacement [m]": { components: 2, values: new Float64Array(2 * count) },
    Damage: surface((k) => damage[tile[k]] * uneven(k)),
    "Opening [m]": surface((k) => 3e-9 * uneven(k) * (1 + damage[tile[k]])),
    "Traction [Pa]": surface((k) => 25e6 * uneven(k)),
    "Current density [A/m2]": surface(() => 10.9),
  };
  const stress = Float64Array.from(mesh.region, (region, cell) => {
    const [x, y] = [0, 1].map((axis) => mesh.nodes[2 * mesh.cells[3 * cell] + axis]) as [number, number];
    return region < mesh.particles ? -60e6 + 1e12 * (y - side / 2) : 30e6 * Math.cos((x / side) * 2 * Math.PI);
  });
  return writeVtu(mesh, points, {
    "Hydrostatic stress [Pa]": { components: 1, values: stress },
    "Von Mises stress [Pa]": { components: 1, values: stress.map((value) => 1.5 * Math.abs(value)) },
  });
}
