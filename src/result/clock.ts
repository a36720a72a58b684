import type { Frame, Simulation } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";
import { numbers } from "./column.js";

/** What the columns of a result need to know besides a frame. */
export interface Scales {
  /** s */
  readonly tau: number;
  /** All particle surface and volume: m², m³ (m, m² when plane). */
  readonly surface: number;
  readonly volume: number;
}

export function scalesOf(scenario: Scenario, simulation: Pick<Simulation, "surface" | "volume">): Scales {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return { tau: scenario.protocol.tau, surface: sum(simulation.surface), volume: sum(simulation.volume) };
}

/** C/m³ in 1 mAh/cm³. */
export const coulombPerMilliampereHour = 3.6e6;

/** What a row of a time series is written from. */
export interface FrameRow {
  readonly frame: Frame;
  readonly scales: Scales;
}

/** The columns that every time series begins with. */
export const clock = {
  time: numbers("Time", "s", ({ frame }: FrameRow) => frame.time),
  timeOverTau: numbers("t/tau", "", ({ frame, scales }: FrameRow) => frame.time / scales.tau),
  cycle: numbers("Cycle", "", ({ frame }: FrameRow) => frame.cycle),
  protocolStep: numbers("Protocol step", "", ({ frame }: FrameRow) => frame.protocolStep),
} as const;
