import type { Frame, Simulation } from "../fem/model/frame.js";
import type { Scenario } from "../scenario/scenario.js";

/** What the columns of a result need to know besides a frame. */
export interface Scales {
  /** s */
  readonly tau: number;
  /** All particle surface and volume: m², m³ (m, m² when plane). */
  readonly surface: number;
  readonly volume: number;
}

export function scalesOf(scenario: Scenario, simulation: Simulation): Scales {
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return { tau: scenario.protocol.tau, surface: sum(simulation.surface), volume: sum(simulation.volume) };
}

/** C/m³ in 1 mAh/cm³. */
export const coulombPerMilliampereHour = 3.6e6;

/** The columns that every time series begins with. */
export const clockColumns = ["Time [s]", "t/tau", "Cycle", "Protocol step"] as const;

export function clockCells(frame: Frame, { tau }: Scales): number[] {
  return [frame.time, frame.time / tau, frame.cycle, frame.protocolStep];
}
