import type { ConductionGraph } from "../graph/conduction-graph.js";
import { patchMean } from "./local-mode.js";
import type { NetworkPoints } from "./surface-points.js";

/**
 * S, [edge] of a graph whose ways are damaged with the surfaces at their ends: g (1 − loss D̄), D̄ the mean damage of the
 * patches there. Where currents are led another way by it, particles drift apart (Kerlau et al. 2007).
 *
 * @param damage [point]
 * @param loss share of its conductance that a way between detached surfaces has lost, 0 … 1
 */
export function weakened(
  graph: ConductionGraph,
  points: NetworkPoints,
  damage: Float64Array,
  loss: number,
): Float64Array {
  const patch = points.share.map((share, a) => (share === 0 ? 0 : patchMean(points, a, damage)));
  return graph.conductance.map((g, e) => {
    const [from, to] = [graph.from[e], graph.to[e]];
    const ends = from === graph.collector ? [to] : to === graph.collector ? [from] : [from, to];
    const mean = ends.reduce((sum, a) => sum + patch[a], 0) / ends.length;
    return g * (1 - loss * mean);
  });
}
