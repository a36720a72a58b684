import type { Space } from "../assembly/assemble.js";
import { cellValues } from "../assembly/cell-values.js";
import type { ContactPoints } from "../assembly/contact-points.js";
import type { Elastic } from "../assembly/forms.js";
import { nodeCount } from "../mesh/mesh.js";
import type { ContactState } from "./contact-state.js";
import type { ElectrochemicalUnknowns } from "./electrochemical-unknowns.js";
import type { Fields } from "./frame.js";

/** What strains a body. */
export interface Strains {
  /** `[node][2]` m */
  readonly displacement: Float64Array;
  /** `[node]` eigenstrain since the start, 0 off the particles. */
  readonly eigen: Float64Array;
  /** e₀, uniform, of a depth that lengthens; else 0. */
  readonly axial: number;
}

/** `[cell]` Pa, in the middle of the cell (quadrature mean). */
export interface CellStress {
  readonly hydrostatic: Float64Array;
  readonly vonMises: Float64Array;
  /** σ₃₃: σ_zz of a plane section, σ_θθ of a body of revolution. */
  readonly outOfPlane: Float64Array;
}

export function cellStress(
  space: Space,
  { displacement, eigen, axial }: Strains,
  material: (cell: number) => Elastic,
): CellStress {
  const { mesh } = space;
  const n = mesh.nodesPerCell;
  const values = cellValues(space.element, space.quadrature, space.coordinates);
  const hydrostatic = new Float64Array(mesh.region.length);
  const vonMises = new Float64Array(mesh.region.length);
  const outOfPlane = new Float64Array(mesh.region.length);
  const e = new Float64Array(4);
  for (let cell = 0; cell < mesh.region.length; cell++) {
    values.move(mesh.nodes, mesh.cells, cell);
    e.fill(0);
    let volume = 0;
    for (let q = 0; q < values.points; q++) {
      const w = values.weight[q];
      volume += w;
      for (let a = 0; a < n; a++) {
        const node = mesh.cells[cell * n + a];
        const gx = values.gradient[(q * n + a) * 2];
        const gy = values.gradient[(q * n + a) * 2 + 1];
        const ux = displacement[2 * node];
        const uy = displacement[2 * node + 1];
        const own = eigen[node] * values.value[q * n + a];
        e[0] += w * (gx * ux - own);
        e[1] += w * (gy * uy - own);
        e[2] += w * (values.hoop[q] * values.value[q * n + a] * ux - own);
        e[3] += w * (gy * ux + gx * uy);
      }
    }
    for (let c = 0; c < 4; c++) e[c] /= volume;
    e[2] += axial;
    const { lambda, mu } = material(cell);
    const trace = e[0] + e[1] + e[2];
    outOfPlane[cell] = lambda * trace + 2 * mu * e[2];
    hydrostatic[cell] = (lambda + (2 / 3) * mu) * trace;
    const [d1, d2, d3] = [e[0] - trace / 3, e[1] - trace / 3, e[2] - trace / 3];
    vonMises[cell] = 2 * mu * Math.sqrt(1.5 * (d1 * d1 + d2 * d2 + d3 * d3 + 0.5 * e[3] * e[3]));
  }
  return { hydrostatic, vonMises, outOfPlane };
}

/** Means of a nodal field over the chosen cells, `[cell]`; 0 elsewhere. */
export function cellMean(space: Space, nodal: Float64Array, chosen: (cell: number) => boolean): Float64Array {
  const { mesh } = space;
  const n = mesh.nodesPerCell;
  const values = cellValues(space.element, space.quadrature, space.coordinates);
  const mean = new Float64Array(mesh.region.length);
  for (let cell = 0; cell < mesh.region.length; cell++) {
    if (!chosen(cell)) continue;
    values.move(mesh.nodes, mesh.cells, cell);
    let volume = 0;
    for (let q = 0; q < values.points; q++) {
      const w = values.weight[q];
      volume += w;
      for (let a = 0; a < n; a++) mean[cell] += w * values.value[q * n + a] * nodal[mesh.cells[cell * n + a]];
    }
    mean[cell] /= volume;
  }
  return mean;
}

/** Volume-weighted means of cell values at the nodes of the chosen cells, `[node]`. */
export function nodalMean(space: Space, cellValue: Float64Array, chosen: (cell: number) => boolean): Float64Array {
  const { mesh } = space;
  const n = mesh.nodesPerCell;
  const values = cellValues(space.element, space.quadrature, space.coordinates);
  const sum = new Float64Array(nodeCount(mesh));
  const volume = new Float64Array(nodeCount(mesh));
  for (let cell = 0; cell < mesh.region.length; cell++) {
    if (!chosen(cell)) continue;
    values.move(mesh.nodes, mesh.cells, cell);
    const w = values.weight.reduce((total, share) => total + share, 0);
    for (let a = 0; a < n; a++) {
      const node = mesh.cells[cell * n + a];
      sum[node] += w * cellValue[cell];
      volume[node] += w;
    }
  }
  return sum.map((s, node) => (volume[node] > 0 ? s / volume[node] : 0));
}

/** Spread unknowns over the nodes; NaN (or `absent`) where a node has none. */
export function onNodes(unknown: Int32Array, x: Float64Array, shift = 0, absent = Number.NaN): Float64Array {
  const out = new Float64Array(unknown.length);
  for (let k = 0; k < unknown.length; k++) out[k] = unknown[k] < 0 ? absent : x[unknown[k]] + shift;
  return out;
}

/** Interface values on both nodes of each pair. */
function onPairs(points: ContactPoints, nodes: number, value: Float64Array): Float64Array {
  const out = new Float64Array(nodes).fill(Number.NaN);
  for (let p = 0; p < points.count; p++) {
    out[points.particleNode[p]] = value[p];
    out[points.binderNode[p]] = value[p];
  }
  return out;
}

/** `[node]` V, of the carbon/binder, and of particles that have one of their own; NaN elsewhere. */
function electronPotential(
  { potential, level, inside, voltage: collector }: ElectrochemicalUnknowns,
  x: Float64Array,
  nodes: number,
): Float64Array {
  const voltage = x[collector];
  const onMesh = potential.subarray(0, nodes);
  return onNodes(onMesh, x, voltage).map((phi, node) => {
    if (onMesh[node] === collector) return voltage;
    return level[node] < 0 ? phi : voltage + x[level[node]] + (inside[node] < 0 ? 0 : x[inside[node]]);
  });
}

/** Everything a picture needs, from the state. */
export function fieldsOf(
  space: Space,
  points: ContactPoints,
  unknowns: ElectrochemicalUnknowns,
  state: {
    readonly x: Float64Array;
    readonly strains: Strains;
    readonly contact: ContactState;
    readonly material: (cell: number) => Elastic;
  },
): Fields {
  const { x, contact } = state;
  const nodes = nodeCount(space.mesh);
  const stress = cellStress(space, state.strains, state.material);
  return {
    stoichiometry: onNodes(unknowns.lithium, x),
    potential: electronPotential(unknowns, x, nodes),
    displacement: state.strains.displacement,
    hydrostaticStress: stress.hydrostatic,
    vonMisesStress: stress.vonMises,
    outOfPlaneStress: stress.outOfPlane,
    damage: onPairs(points, nodes, contact.damage),
    opening: onPairs(points, nodes, contact.normalGap),
    traction: onPairs(points, nodes, contact.normalTraction),
    currentDensity: onPairs(points, nodes, contact.current),
  };
}
