import { SingleBar } from "cli-progress";
import type { Frame } from "../fem/model/frame.js";
import { expectedDuration } from "../result/field-files.js";
import type { Scenario } from "../scenario/scenario.js";
import type { Terminal } from "./terminal.js";

/** Shows how far a run has come and what is left. */
export interface Progress {
  frame(frame: Frame): void;
  end(): void;
}

/**
 * Share of the protocol that is done at a frame, in [0, 1]: whole instructions, and the present one by its expected
 * duration. Instructions count by that duration.
 */
export function shareDone(scenario: Scenario): (frame: Frame) => number {
  const { steps, repeat } = scenario.protocol;
  const durations = steps.map((step) => {
    const expected = expectedDuration(step);
    return Number.isFinite(expected) ? expected : 600;
  });
  const whole = durations.reduce((total, duration) => total + duration, 0);
  let [begun, key] = [0, ""];
  return (frame) => {
    const now = `${frame.cycle}/${frame.protocolStep}`;
    const before = durations.slice(0, frame.protocolStep).reduce((total, duration) => total + duration, 0);
    const own = durations[frame.protocolStep] ?? 0;
    if (now !== key) [key, begun] = [now, frame.time];
    const part = frame.ended === null ? Math.min(frame.time - begun, 0.99 * own) : own;
    return Math.min(((frame.cycle - 1) * whole + before + part) / (repeat * whole), 1);
  };
}

/** A bar on a screen; elsewhere a line every ten seconds. Silent when `quiet`. */
export function progress(scenario: Scenario, terminal: Terminal): Progress {
  const share = shareDone(scenario);
  const left = remaining();
  return terminal.interactive ? bar(scenario, share, left) : lines(scenario, share, left, terminal);
}

type Share = (frame: Frame) => number;
type Left = (share: number) => string;

/** Estimates what is left from what this sitting has done since the first share it was told. */
function remaining(): Left {
  const began = performance.now();
  let first: number | undefined;
  return (share) => {
    first ??= share;
    const elapsed = (performance.now() - began) / 1000;
    return share - first < 1e-3 || elapsed < 1 ? "…" : duration((elapsed * (1 - share)) / (share - first));
  };
}

/** `95` → `1 min 35 s` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

function bar(scenario: Scenario, share: Share, left: Left): Progress {
  const shown = new SingleBar({
    format: "{bar} {percentage} % | cycle {cycle}/{cycles} {verb} | {voltage} V | {left} left",
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
    barsize: 30,
  });
  const cycles = scenario.protocol.repeat;
  shown.start(1000, 0, { cycle: 1, cycles, verb: "", voltage: "–", left: "…" });
  return {
    frame(frame) {
      const now = share(frame);
      const { cycle, verb, voltage } = frame;
      shown.update(Math.floor(1000 * now), { cycle, verb, voltage: voltage.toFixed(3), left: left(now) });
    },
    end: () => shown.stop(),
  };
}

function lines(scenario: Scenario, share: Share, left: Left, terminal: Terminal): Progress {
  let last = performance.now();
  return {
    frame(frame) {
      const now = share(frame);
      const still = left(now);
      if (performance.now() - last < 10_000) return;
      last = performance.now();
      const percent = Math.floor(100 * now);
      terminal.err(
        `${percent} %: cycle ${frame.cycle}/${scenario.protocol.repeat}, ${frame.verb}, ${frame.voltage.toFixed(3)} V, ${still} left`,
      );
    },
    end() {},
  };
}
