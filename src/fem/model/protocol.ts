import type { Control } from "./electrochemistry.js";

/** One instruction to the collector. Currents in A (per m of depth), positive on charge. */
export interface Instruction {
  readonly verb: "charge" | "discharge" | "hold" | "rest";
  readonly control: Control;
  /** How many times longer than `time.sizes.largest` its steps may be: Infinity where their error alone decides; else 1. */
  readonly stretch?: number;
  readonly until: {
    /** V: reached from below on charge, from above on discharge. */
    readonly voltage?: number;
    /** A: magnitude falls to this. */
    readonly current?: number;
    /** C: magnitude of charge moved in this instruction. */
    readonly throughput?: number;
    /** s */
    readonly time?: number;
  };
}

/** What an instruction's end is judged by. */
export interface Progress {
  /** s and C since the instruction began. */
  readonly elapsed: number;
  readonly moved: number;
  readonly voltage: number;
  readonly current: number;
}

export type Reason = "voltage" | "current" | "throughput" | "time";

/** s left until an instruction ends whose end is known beforehand; Infinity otherwise. */
export function knownEnd(instruction: Instruction, begun: Pick<Progress, "elapsed" | "moved">): [number, Reason] {
  const { until, control } = instruction;
  const byTime = (until.time ?? Number.POSITIVE_INFINITY) - begun.elapsed;
  const current = "current" in control ? Math.abs(control.current) : 0;
  const byCharge =
    until.throughput === undefined || current === 0
      ? Number.POSITIVE_INFINITY
      : (until.throughput - Math.abs(begun.moved)) / current;
  return byCharge <= byTime ? [byCharge, "throughput"] : [byTime, "time"];
}

/** How far past its nearest unforeseen end an instruction is: negative before, in units of the limit; and which. */
export function overshoot(instruction: Instruction, now: Progress): [number, Reason] {
  const { until, control, verb } = instruction;
  const byCurrent = "current" in control;
  const direction = verb === "discharge" ? -1 : 1;
  const ends: [number, Reason][] = [];
  if (until.voltage !== undefined && byCurrent) ends.push([direction * (now.voltage - until.voltage), "voltage"]);
  if (until.current !== undefined && !byCurrent) ends.push([1 - Math.abs(now.current) / until.current, "current"]);
  if (until.throughput !== undefined && !byCurrent) {
    ends.push([Math.abs(now.moved) / until.throughput - 1, "throughput"]);
  }
  return ends.reduce((a, b) => (b[0] > a[0] ? b : a), [Number.NEGATIVE_INFINITY, "time"]);
}
