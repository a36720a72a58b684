import { cube, square } from "../../elementary/elementary.js";
import { sections } from "../coordinates/coordinates.js";
import type { Circle, Geometry, MeshSettings } from "./geometry.js";
import { largestInside } from "./size-field.js";
import { surfaceNodesOf } from "./surface-nodes.js";

/** Gaps narrower than this share of the interface size cannot be meshed with angles of 20° and more. */
export const smallestGap = 0.5;
export const mostNodes = 2_000_000;
export const largestGrowth = 0.5;

/** @throws RangeError naming what cannot be meshed, with the numbers found and allowed. */
export function checkGeometry(geometry: Geometry, settings: MeshSettings): void {
  checkSettings(settings);
  const { kind, width, height, particles } = geometry;
  for (const [name, value] of [
    ["width", width],
    ["height", height],
  ] as const) {
    if (!(value > 0 && Number.isFinite(value)))
      refuse(`the box's ${name} is ${micrometres(value)}`, "a positive length", "check the unit");
  }
  particles.forEach((particle, p) => {
    checkParticle(particle, p, settings, kind);
    checkWalls(geometry, particle, p, settings.interfaceSize * smallestGap);
  });
  checkGaps(particles, settings.interfaceSize * smallestGap);
  const nodes = estimateNodes(geometry, settings);
  if (nodes > mostNodes) {
    const found = `the mesh would have about ${nodes.toExponential(1)} nodes`;
    refuse(found, `up to ${mostNodes.toExponential(0)}`, "make interfaceSize or largestSize larger");
  }
}

/** Four digits in µm. */
function micrometres(length: number): string {
  return `${Number((length * 1e6).toPrecision(4))} µm`;
}

function refuse(found: string, allowed: string, remedy: string): never {
  throw new RangeError(`Meshing the particles: ${found}; allowed is ${allowed}; ${remedy}.`);
}

function checkSettings({ order, interfaceSize, growth, largestSize }: MeshSettings): void {
  if (order !== 1 && order !== 2) refuse(`the order is ${order}`, "1 or 2", "choose one");
  if (!(interfaceSize > 0 && Number.isFinite(interfaceSize)))
    refuse(`interfaceSize is ${micrometres(interfaceSize)}`, "a positive length", "check the unit");
  if (!(largestSize >= interfaceSize && Number.isFinite(largestSize)))
    refuse(
      `largestSize is ${micrometres(largestSize)}`,
      `interfaceSize, ${micrometres(interfaceSize)}, or more`,
      "make it larger",
    );
  if (!(growth >= 0 && growth <= largestGrowth))
    refuse(`growth is ${growth}`, `0 to ${largestGrowth}`, "larger values make bad triangles");
}

function checkParticle({ x, y, radius }: Circle, p: number, settings: MeshSettings, kind: Geometry["kind"]): void {
  if (![x, y, radius].every(Number.isFinite) || radius <= 0)
    refuse(
      `particle ${p + 1} has x ${micrometres(x)}, y ${micrometres(y)}, radius ${micrometres(radius)}`,
      "finite numbers, radius > 0",
      "check it",
    );
  if (radius < settings.interfaceSize) {
    const found = `particle ${p + 1} has radius ${micrometres(radius)}, less than interfaceSize ${micrometres(settings.interfaceSize)}`;
    refuse(found, "interfaceSize up to the smallest radius", "make interfaceSize smaller");
  }
  if (sections[kind].revolved && x !== 0)
    refuse(
      `particle ${p + 1} has x ${micrometres(x)} in an axisymmetric geometry`,
      "x = 0",
      "put its centre on the axis",
    );
}

function checkWalls(geometry: Geometry, { x, y, radius }: Circle, p: number, least: number): void {
  const gaps: [string, number][] = [
    ["bottom", y - radius],
    ["right", geometry.width - x - radius],
    ["top", geometry.height - y - radius],
  ];
  if (!sections[geometry.kind].revolved) gaps.push(["left", x - radius]);
  for (const [side, gap] of gaps) {
    if (gap < 0)
      refuse(
        `particle ${p + 1} reaches ${micrometres(-gap)} beyond side ${side}`,
        "particles inside the box",
        "move it",
      );
    if (gap < least * (1 - 1e-9))
      refuse(
        `particle ${p + 1} is ${micrometres(gap)} from side ${side}`,
        `${micrometres(least)} (${smallestGap} interfaceSize) or more`,
        "move it or make interfaceSize smaller",
      );
  }
}

function checkGaps(particles: readonly Circle[], least: number): void {
  const order = Array.from(particles.keys()).sort((p, q) => particles[p].x - particles[q].x);
  const reach = particles.reduce((most, p) => Math.max(most, p.radius), 0);
  for (let i = 0; i < order.length; i++) {
    const a = particles[order[i]];
    for (let j = i + 1; j < order.length; j++) {
      const b = particles[order[j]];
      if (b.x - a.x > a.radius + reach + least) break;
      const gap = Math.hypot(b.x - a.x, b.y - a.y) - a.radius - b.radius;
      const pair = `particles ${Math.min(order[i], order[j]) + 1} and ${Math.max(order[i], order[j]) + 1}`;
      if (gap < 0)
        refuse(`${pair} overlap by ${micrometres(-gap)}`, "particles apart from each other", "move or shrink one");
      if (gap < least * (1 - 1e-9))
        refuse(
          `${pair} are ${micrometres(gap)} apart`,
          `${micrometres(least)} (${smallestGap} interfaceSize) or more`,
          "move them or make interfaceSize smaller",
        );
    }
  }
}

/** Nodes to expect, to about a quarter: equilateral triangles of the wanted size, and twice as many edges midway. */
export function estimateNodes(geometry: Geometry, settings: MeshSettings): number {
  const { width, height, particles, kind } = geometry;
  const { interfaceSize, growth, largestSize } = settings;
  const density = (d: number, largest: number) =>
    2 / (Math.sqrt(3) * square(Math.min(largest, interfaceSize + growth * d)));
  const { turn } = sections[kind];
  const ring = (radius: number, depth: number, sign: 1 | -1) => {
    const largest = sign < 0 ? largestInside(settings) : largestSize;
    let sum = 0;
    for (let i = 0; i < 64; i++) {
      const [from, to] = [depth * cube(i / 64), depth * cube((i + 1) / 64)];
      const d = (from + to) / 2;
      sum += turn * (radius + sign * d) * density(d, largest) * (to - from);
    }
    return sum;
  };
  const filled = particles.reduce((sum, p) => sum + (turn / 2) * (p.radius * p.radius), 0);
  const free = Math.max(0, width * height - filled);
  let nodes = particles.length === 0 ? free * density(Number.POSITIVE_INFINITY, largestSize) : 0;
  for (const { radius } of particles) {
    const outer = Math.sqrt(radius * radius + (2 * free) / (turn * particles.length));
    nodes += ring(radius, radius, -1) + ring(radius, outer - radius, 1);
    nodes += surfaceNodesOf(radius, interfaceSize) * (turn / (2 * Math.PI));
  }
  return settings.order === 2 ? 4 * nodes : nodes;
}
