/** An undirected graph: the neighbours of v are `neighbour[start[v] … start[v + 1] - 1]`, each edge listed twice. */
export interface Graph {
  readonly vertices: number;
  readonly start: Int32Array;
  readonly neighbour: Int32Array;
}

/** What a vertex of the graph between two sides touches. */
export const FREE = 0;
export const NEAR_SOURCE = 1;
export const NEAR_SINK = 2;

interface Flow {
  readonly graph: Graph;
  readonly mirror: Int32Array;
  readonly capacity: Float64Array;
  readonly through: Float64Array;
  /** Flow along each listed edge, never both ways. */
  readonly along: Float64Array;
  /** State 2v is the entry of vertex v, 2v + 1 its exit; `cameBy` holds the listed edge, or -2 within a vertex. */
  readonly cameFrom: Int32Array;
  readonly cameBy: Int32Array;
  readonly queue: Int32Array;
}

/**
 * The vertices of least total capacity that part the source from the sink, by maximum flow along shortest paths.
 * `touch` `[vertex]` is a sum of `NEAR_SOURCE` and `NEAR_SINK`; returns `[vertex]` -1 on the source's side,
 * 0 in the cut, 1 beyond. Source: König, Menger; Edmonds & Karp, J. ACM 19 (1972) 248.
 */
export function vertexCut(graph: Graph, capacity: Float64Array, touch: Uint8Array): Int8Array {
  const flow: Flow = {
    graph,
    mirror: mirrorOf(graph),
    capacity,
    through: new Float64Array(graph.vertices),
    along: new Float64Array(graph.neighbour.length),
    cameFrom: new Int32Array(2 * graph.vertices),
    cameBy: new Int32Array(2 * graph.vertices),
    queue: new Int32Array(2 * graph.vertices),
  };
  for (let end = search(flow, touch); end >= 0; end = search(flow, touch)) augment(flow, end);
  const side = new Int8Array(graph.vertices).fill(1);
  for (let v = 0; v < graph.vertices; v++) {
    if (flow.cameFrom[2 * v] !== UNSEEN) side[v] = flow.cameFrom[2 * v + 1] !== UNSEEN ? -1 : 0;
  }
  return side;
}

const UNSEEN = -3;
const FROM_SOURCE = -1;
const WITHIN = -2;

/** Breadth-first through the residual; returns the exit state that reaches the sink, -1 when none does. */
function search(flow: Flow, touch: Uint8Array): number {
  const { graph, capacity, through, along, mirror, cameFrom, cameBy, queue } = flow;
  cameFrom.fill(UNSEEN);
  let tail = 0;
  const visit = (state: number, from: number, by: number): void => {
    if (cameFrom[state] !== UNSEEN) return;
    cameFrom[state] = from;
    cameBy[state] = by;
    queue[tail++] = state;
  };
  for (let v = 0; v < graph.vertices; v++) if (touch[v] & NEAR_SOURCE) visit(2 * v, FROM_SOURCE, WITHIN);
  for (let head = 0; head < tail; head++) {
    const state = queue[head];
    const v = state >> 1;
    const leaving = (state & 1) === 1;
    if (leaving && touch[v] & NEAR_SINK) return state;
    if (leaving ? through[v] > 0 : through[v] < capacity[v]) visit(state ^ 1, state, WITHIN);
    for (let e = graph.start[v]; e < graph.start[v + 1]; e++) {
      if (leaving) visit(2 * graph.neighbour[e], state, e);
      else if (along[mirror[e]] > 0) visit(2 * graph.neighbour[e] + 1, state, e);
    }
  }
  return -1;
}

/** Sends as much as fits along the path found to `end`. */
function augment(flow: Flow, end: number): void {
  const { capacity, through, along, mirror, cameFrom, cameBy } = flow;
  let amount = Number.POSITIVE_INFINITY;
  for (let state = end; state >= 0; state = cameFrom[state]) {
    const leaving = (state & 1) === 1;
    const v = state >> 1;
    if (cameBy[state] !== WITHIN) amount = leaving ? Math.min(amount, along[mirror[cameBy[state]]]) : amount;
    else if (cameFrom[state] >= 0) amount = Math.min(amount, leaving ? capacity[v] - through[v] : through[v]);
  }
  for (let state = end; state >= 0; state = cameFrom[state]) {
    const leaving = (state & 1) === 1;
    const edge = cameBy[state];
    if (edge === WITHIN) {
      if (cameFrom[state] >= 0) through[state >> 1] += leaving ? amount : -amount;
    } else if (leaving) along[mirror[edge]] -= amount;
    else along[edge] += amount;
  }
}

/** For each listed edge the place where its other end lists it. */
function mirrorOf(graph: Graph): Int32Array {
  const { vertices, start, neighbour } = graph;
  const mirror = new Int32Array(neighbour.length);
  const next = start.slice(0, vertices);
  // visited in ascending order of v, the edges into w appear in w's list in that same order when lists ascend
  for (let v = 0; v < vertices; v++) {
    for (let e = start[v]; e < start[v + 1]; e++) mirror[e] = next[neighbour[e]]++;
  }
  return mirror;
}
