import { planeStrain } from "../src/fem/coordinates/coordinates.js";
import { elasticInterface } from "../src/fem/law/cohesive/elastic.js";
import { linear } from "../src/fem/law/eigenstrain/linear.js";
import { FARADAY } from "../src/fem/law/faraday.js";
import { creep } from "../src/fem/law/fatigue/creep.js";
import { film } from "../src/fem/law/feedback/film.js";
import { constant, symmetricExchange } from "../src/fem/law/stoichiometry-function.js";
import { chen2020 } from "../src/fem/material/chen2020.js";
import { facingArc } from "../src/fem/mesh/coverage.js";
import type { Side } from "../src/fem/mesh/mesh.js";
import { meshCircles } from "../src/fem/mesh/triangulation.js";
import type { CathodeSpec } from "../src/fem/model/cathode.js";
import type { Instruction } from "../src/fem/model/protocol.js";
import { lattice } from "../src/network/arrangement.js";
import { bareCathode, march } from "./bare-cathode.js";

/** A row of equal disks that differ in their coverage only, with swelling, fatigue and a film that grows with damage. */
export interface RowOfDisks {
  /** By particle from the left. */
  readonly coverage: readonly number[];
  /** The side of the collector, which the covered arcs face. */
  readonly collector: "bottom" | "top";
  readonly cycles: number;
  /** m */
  readonly interfaceSize: number;
  /** s */
  readonly step: number;
}

/** What a row has done, at every quarter of every half-cycle. */
export interface RowHistory {
  /** V */
  readonly voltage: readonly number[];
  /** `[time][particle]` */
  readonly stoichiometry: readonly Float64Array[];
  readonly damage: readonly Float64Array[];
}

const radius = 5e-6;
const maximumConcentration = 51765;

/** Cycle a row of disks at 5C, half of the usable window in each half-cycle. */
export function cycleRow(row: RowOfDisks): RowHistory {
  const { coverage, collector, interfaceSize } = row;
  const { circles, ...box } = lattice(coverage.length, 1, radius, 6e-6);
  const facing = collector === "bottom" ? -Math.PI / 2 : Math.PI / 2;
  const particles = circles.map((circle, k) => ({ ...circle, high: facingArc(coverage[k], facing) }));
  const sizes = { order: 1 as const, interfaceSize, growth: 0.25, largestSize: 5 * interfaceSize };
  const opposite: Side = collector === "bottom" ? "top" : "bottom";
  const current = (FARADAY * maximumConcentration * 0.63 * coverage.length * Math.PI * radius ** 2) / 720;
  const spec = bareCathode(meshCircles({ kind: "plane", ...box, particles }, sizes), {
    coordinates: planeStrain,
    collector,
    separator: opposite,
    sides: { bottom: "roller", right: "roller", left: "roller", top: "roller", [opposite]: "free" },
    ...laws,
    protocol: { repeat: row.cycles, steps: [...quarters("charge", current), ...quarters("discharge", -current)] },
    currentScale: current,
    time: { tolerance: 1e-3, sizes: { smallest: 1e-6, largest: row.step } },
  });
  const frames = march(spec);
  return {
    voltage: frames.map(({ voltage }) => voltage),
    stoichiometry: frames.map(({ particles }) => particles.meanStoichiometry),
    damage: frames.map(({ particles }) => particles.damage),
  };
}

const laws: Partial<Omit<CathodeSpec, "mesh" | "time">> = {
  maximumConcentration,
  initialStoichiometry: 0.85,
  openCircuitPotential: chen2020.openCircuitPotential,
  diffusivity: constant(5e-14),
  exchangeCurrent: symmetricExchange(2),
  eigenstrain: linear.law({ partialMolarVolume: 1.84e-6 }, maximumConcentration),
  conductivity: [1, 1.2e-3],
  cohesive: elasticInterface(1e16),
  fatigue: creep.law({ rate: 10 / 720, exponent: 2, threshold: 0.3, referenceTraction: 60e6, shearWeight: 1 }),
  feedback: film.law({ resistance: 0.2, initial: 0 }),
};

function quarters(verb: "charge" | "discharge", current: number): Instruction[] {
  return Array.from({ length: 4 }, () => ({ verb, control: { current }, until: { time: 90 } }));
}
