/** An undirected graph: the neighbours of v are `neighbour[start[v] … start[v + 1] - 1]`, each edge listed twice. */
export interface Graph {
  readonly vertices: number;
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
}

/** What a vertex of the graph between two sides touches; a sum of the two when both. */
export const NEAR_SOURCE = 1;
export const NEAR_SINK = 2;

/** State 2v is the entry of vertex v and 2v + 1 its exit; arc 0 of a state leads to its twin, arc k along edge k - 1. */
interface Flow {
  readonly graph: Graph;
  readonly touch: Uint8Array;
  readonly mirror: Int32Array;
  readonly capacity: Float64Array;
  /** `[vertex]` flow from its entry to its exit, `[listed edge]` flow along it. */
  readonly through: Float64Array;
  readonly along: Float64Array;
  /** `[state]` steps from the source through what is left of the capacity, -1 out of reach or exhausted. */
  readonly level: Int32Array;
  /** `[state]` the next arc to try. */
  readonly arc: Int32Array;
  readonly queue: Int32Array;
}

/**
 * The vertices of least total capacity that part the source from the sink, by maximum flow.
 * `graph` lists neighbours ascending, `touch` `[vertex]` what each vertex is next to. Returns `[vertex]` -1 on the
 * source's side, 0 in the cut, 1 beyond. Source: Dinitz, Soviet Math. Doklady 11 (1970) 1277; Menger's theorem.
 */
export function vertexCut(graph: Graph, capacity: Float64Array, touch: Uint8Array): Int8Array {
  const states = 2 * graph.vertices;
  const flow: Flow = {
    graph,
    touch,
    mirror: mirrorOf(graph),
    capacity,
    through: new Float64Array(graph.vertices),
    along: new Float64Array(graph.neighbour.length),
    level: new Int32Array(states),
    arc: new Int32Array(states),
    queue: new Int32Array(states),
  };
  for (let last = levels(flow); last >= 0; last = levels(flow)) {
    flow.arc.fill(0);
    for (let v = 0; v < graph.vertices; v++) if (touch[v] & NEAR_SOURCE) pushFrom(flow, 2 * v, last);
  }
  const side = new Int8Array(graph.vertices).fill(1);
  for (let v = 0; v < graph.vertices; v++) {
    if (flow.level[2 * v] >= 0) side[v] = flow.level[2 * v + 1] >= 0 ? -1 : 0;
  }
  return side;
}

/** Numbers the states by their distance from the source; returns that of the nearest exit to the sink, -1 if none. */
function levels(flow: Flow): number {
  const { graph, touch, level, queue } = flow;
  level.fill(-1);
  let tail = 0;
  for (let v = 0; v < graph.vertices; v++) {
    if ((touch[v] & NEAR_SOURCE) === 0) continue;
    level[2 * v] = 0;
    queue[tail++] = 2 * v;
  }
  for (let head = 0; head < tail; head++) {
    const state = queue[head];
    if (reachesSink(flow, state)) return level[state];
    const arcs = arcsOf(flow, state);
    for (let arc = 0; arc < arcs; arc++) {
      const next = follow(flow, state, arc);
      if (next < 0 || level[next] >= 0) continue;
      level[next] = level[state] + 1;
      queue[tail++] = next;
    }
  }
  return -1;
}

/** Sends all that shortest paths from one entry can take. */
function pushFrom(flow: Flow, source: number, last: number): void {
  const { level, arc, queue: path } = flow;
  path[0] = source;
  for (let depth = 0; depth >= 0; ) {
    const state = path[depth];
    if (level[state] === last && reachesSink(flow, state)) {
      augment(flow, depth);
      depth = 0;
      continue;
    }
    const next = level[state] < last && arc[state] < arcsOf(flow, state) ? follow(flow, state, arc[state]) : -1;
    if (next >= 0 && level[next] === level[state] + 1) path[++depth] = next;
    else if (level[state] < last && arc[state] < arcsOf(flow, state)) arc[state]++;
    else {
      level[state] = -1;
      depth--;
    }
  }
}

/** Sends as much as fits along the path in `queue[0 … depth]`, by each state's present arc. */
function augment(flow: Flow, depth: number): void {
  const { graph, mirror, capacity, through, along, arc, queue: path } = flow;
  let amount = Number.POSITIVE_INFINITY;
  for (let k = 0; k < depth; k++) {
    const [v, leaving] = [path[k] >> 1, (path[k] & 1) === 1];
    if (arc[path[k]] === 0) amount = Math.min(amount, leaving ? through[v] : capacity[v] - through[v]);
    else if (!leaving) amount = Math.min(amount, along[mirror[graph.start[v] + arc[path[k]] - 1]]);
  }
  for (let k = 0; k < depth; k++) {
    const [v, leaving] = [path[k] >> 1, (path[k] & 1) === 1];
    const edge = graph.start[v] + arc[path[k]] - 1;
    if (arc[path[k]] === 0) through[v] += leaving ? -amount : amount;
    else if (leaving) along[edge] += amount;
    else along[mirror[edge]] -= amount;
  }
}

function arcsOf({ graph }: Flow, state: number): number {
  return 1 + graph.start[(state >> 1) + 1] - graph.start[state >> 1];
}

function reachesSink({ touch }: Flow, state: number): boolean {
  return (state & 1) === 1 && (touch[state >> 1] & NEAR_SINK) !== 0;
}

/** The state that an arc leads to, -1 when nothing more can go there: edges are wide, vertices narrow. */
function follow(flow: Flow, state: number, arc: number): number {
  const { graph, mirror, capacity, through, along } = flow;
  const v = state >> 1;
  const leaving = (state & 1) === 1;
  if (arc === 0) return (leaving ? through[v] > 0 : through[v] < capacity[v]) ? state ^ 1 : -1;
  const edge = graph.start[v] + arc - 1;
  if (leaving) return 2 * graph.neighbour[edge];
  return along[mirror[edge]] > 0 ? 2 * graph.neighbour[edge] + 1 : -1;
}

/** For each listed edge the place where its other end lists it. */
function mirrorOf(graph: Graph): Int32Array {
  const { vertices, start, neighbour } = graph;
  const mirror = new Int32Array(neighbour.length);
  const next = start.slice(0, vertices);
  // taken in ascending order of v, the edges into w come in the order in which w lists them
  for (let v = 0; v < vertices; v++) {
    for (let e = start[v]; e < start[v + 1]; e++) mirror[e] = next[neighbour[e]]++;
  }
  return mirror;
}
