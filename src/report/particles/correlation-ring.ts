import type { TopLevelSpec } from "vega-lite";
import type { Correlations } from "../../inference/measured/findings.js";
import { figure, quantitative } from "../figure/theme.js";
import { shownName } from "./figures.js";

/** Correlations weaker than this are not drawn. */
export const weakest = 0.3;

const groupColours: Readonly<Record<string, string>> = {
  position: "#7a7f87",
  chemical: "#a0457f",
  structure: "#3b3f8f",
  binder: "#8a6d3b",
  local: "#4f8f5b",
  outcome: "#c8412b",
  other: "#2f8fb3",
};

/** Points along a chord. */
const steps = 16;

/**
 * The attributes about a circle, in their groups; a line between each two that go together, thicker the closer, blue where
 * they rise together and red where one falls.
 */
export function correlationRing({ names, groups, rho }: Correlations): TopLevelSpec {
  const order = [...names.keys()].sort((a, b) => rank(groups[a]) - rank(groups[b]) || a - b);
  const turn = (place: number) => (2 * Math.PI * (place + 0.5)) / order.length;
  const nodes = order.map((k, place) => ringNode(names[k], groups[k], turn(place)));
  const chords = order.flatMap((a, from) =>
    order.slice(0, from).flatMap((b, to) => {
      const value = rho[a][b];
      return value === null || Math.abs(value) < weakest ? [] : chord(turn(from), turn(to), value, `${a}-${b}`);
    }),
  );
  return figure("Attributes about a circle; lines join those whose rank correlation is strong.", {
    width: 680,
    height: 680,
    layer: [chordLayer(chords), nodeLayer(nodes), nameLayer(nodes, true), nameLayer(nodes, false)],
    resolve: { scale: { color: "independent", stroke: "independent" } },
  });
}

/** An attribute on the unit circle, and its name a little outside, along the radius. */
interface RingNode {
  readonly name: string;
  readonly group: string;
  readonly x: number;
  readonly y: number;
  readonly tx: number;
  readonly ty: number;
  readonly degrees: number;
  readonly left: boolean;
}

/** `angle` rad, clockwise from the top. */
function ringNode(name: string, group: string, angle: number): RingNode {
  const [x, y] = [Math.sin(angle), Math.cos(angle)];
  const left = x < 0;
  return {
    name: shownName(name),
    group: group in groupColours ? group : "other",
    x: round(x),
    y: round(y),
    tx: round(1.05 * x),
    ty: round(1.05 * y),
    degrees: round((180 * angle) / Math.PI - 90 + (left ? 180 : 0)),
    left,
  };
}

const place = (field: string) => ({ field, type: quantitative, axis: null, scale: { domain: [-2.1, 2.1] } });

function chordLayer(chords: ReturnType<typeof chord>) {
  const byStrength = (range: readonly [number, number]) => ({
    field: "strength",
    type: quantitative,
    scale: { domain: [weakest, 1], range: [...range] },
    legend: null,
  });
  return {
    data: { values: chords },
    mark: { type: "line", strokeCap: "round" },
    encoding: {
      x: place("x"),
      y: place("y"),
      order: { field: "step", type: quantitative },
      detail: { field: "pair" },
      stroke: {
        field: "sign",
        type: "nominal",
        title: "ρ",
        scale: { domain: ["rise together", "one falls"], range: ["#2f6fb3", "#c8412b"] },
      },
      strokeWidth: byStrength([0.6, 5]),
      opacity: byStrength([0.25, 0.8]),
    },
  };
}

function nodeLayer(nodes: readonly RingNode[]) {
  const present = Object.keys(groupColours).filter((group) => nodes.some((node) => node.group === group));
  return {
    data: { values: [...nodes] },
    mark: { type: "point", filled: true, size: 60, opacity: 1 },
    encoding: {
      x: place("x"),
      y: place("y"),
      color: {
        field: "group",
        type: "nominal",
        title: null,
        scale: { domain: present, range: present.map((group) => groupColours[group]) },
      },
    },
  };
}

/** The names of one half, which read from left to right. */
function nameLayer(nodes: readonly RingNode[], left: boolean) {
  return {
    data: { values: nodes.filter((node) => node.left === left) },
    mark: {
      type: "text",
      align: left ? "right" : "left",
      baseline: "middle",
      fontSize: 10.5,
    },
    encoding: {
      x: place("tx"),
      y: place("ty"),
      text: { field: "name" },
      angle: { field: "degrees", type: quantitative, scale: null },
    },
  };
}

function rank(group: string): number {
  const place = Object.keys(groupColours).indexOf(group);
  return place < 0 ? 99 : place;
}

/** A parabola from one place on the circle to another, bent towards the middle. */
function chord(from: number, to: number, value: number, pair: string) {
  const [a, b] = [from, to].map((angle) => [0.97 * Math.sin(angle), 0.97 * Math.cos(angle)]) as [number[], number[]];
  return Array.from({ length: steps + 1 }, (_, step) => {
    const t = step / steps;
    const at = (axis: number) => (1 - t) ** 2 * a[axis] + t ** 2 * b[axis];
    const sign = value > 0 ? "rise together" : "one falls";
    return { pair, step, x: round(at(0)), y: round(at(1)), sign, strength: round(Math.abs(value)) };
  });
}

function round(value: number): number {
  return Number(value.toFixed(3));
}
