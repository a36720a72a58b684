import { SingleBar } from "cli-progress";
import type { Part } from "../imaging/steps/steps.js";
import { duration } from "./progress.js";
import type { Terminal } from "./terminal.js";

/** Shows how far the work on a picture has come. */
export interface ImagingProgress {
  told(part: Part): void;
  end(): void;
}

/** What stages cost beside one another: seconds for 22.7 million voxels (bench/README.md); others as a short one. */
const costs: Readonly<Record<string, number>> = {
  reading: 0.6,
  phases: 1.5,
  "active material": 0.5,
  scale: 1.5,
  cracks: 4,
  voids: 0.8,
  particles: 6,
  "cracks of each particle": 20,
  labels: 1,
  attributes: 8,
  "from the surface inward": 8,
  report: 4,
};
const shortStage = 0.5;

/** Share from which what is left is told: stages before that are short, and their costs beside the others the least certain. */
const enough = 0.15;

/** @param stages that are expected, in their order */
export function imagingProgress(stages: readonly string[], terminal: Terminal): ImagingProgress {
  const cost = (stage: string) => costs[stage] ?? shortStage;
  const left = [...stages];
  let [done, now] = [0, ""];
  const began = performance.now();
  const look = terminal.interactive ? bar() : lines(terminal);
  return {
    told: ({ stage, share }) => {
      if (stage !== now) {
        done += now === "" ? 0 : cost(now);
        now = stage;
        left.splice(0, left.indexOf(stage) + 1);
        look.begin(stage);
      }
      const own = cost(stage) * share;
      const ahead = left.reduce((sum, each) => sum + cost(each), cost(stage) - own);
      const whole = (done + own) / (done + own + ahead);
      const elapsed = (performance.now() - began) / 1000;
      const rest = whole < enough || elapsed < 1 ? "…" : duration((elapsed * (1 - whole)) / whole);
      look.show(whole, stage, rest);
    },
    end: look.end,
  };
}

interface Look {
  begin(stage: string): void;
  show(share: number, stage: string, left: string): void;
  end(): void;
}

function bar(): Look {
  const shown = new SingleBar({
    format: "{bar} {percentage} % | {stage} | {left} left",
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
    barsize: 30,
  });
  shown.start(1000, 0, { stage: "", left: "…" });
  return {
    begin: () => {},
    show: (share, stage, left) => shown.update(Math.floor(1000 * share), { stage, left }),
    end: () => shown.stop(),
  };
}

/** A line a stage, and one every ten seconds. */
function lines(terminal: Terminal): Look {
  let last = performance.now();
  return {
    begin: (stage) => terminal.err(`${stage} …`),
    show(share, stage, left) {
      if (performance.now() - last < 10_000) return;
      last = performance.now();
      terminal.err(`${Math.floor(100 * share)} %: ${stage}, ${left} left`);
    },
    end() {},
  };
}
