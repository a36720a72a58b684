import { SingleBar } from "cli-progress";
import { duration } from "./progress.js";
import type { Terminal } from "./terminal.js";

/** Shows how much of a sweep is done, by the cost of its runs. */
export interface SweepProgress {
  /** @param share of the run, in [0, 1]; 1 when it has ended. */
  run(hash: string, share: number): void;
  end(): void;
}

/** @param weights cost of each open run in any unit. */
export function sweepProgress(weights: ReadonlyMap<string, number>, terminal: Terminal): SweepProgress {
  const shares = new Map<string, number>();
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0) || 1;
  const began = performance.now();
  const look = terminal.interactive ? bar() : lines(terminal);
  return {
    run(hash, share) {
      shares.set(hash, share);
      let [done, ended] = [0, 0];
      for (const [each, own] of shares) {
        done += (own * (weights.get(each) ?? 0)) / whole;
        if (own >= 1) ended += 1;
      }
      const elapsed = (performance.now() - began) / 1000;
      const left = done < 1e-3 || elapsed < 1 ? "…" : duration((elapsed * (1 - done)) / done);
      look.show(done, { ended: `${ended}/${weights.size} runs`, left });
    },
    end: look.end,
  };
}

interface Look {
  show(done: number, words: { readonly ended: string; readonly left: string }): void;
  end(): void;
}

function bar(): Look {
  const shown = new SingleBar({
    format: "{bar} {percentage} % | {ended} | {left} left",
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
    barsize: 30,
  });
  shown.start(1000, 0, { ended: "", left: "…" });
  return { show: (done, words) => shown.update(Math.floor(1000 * done), words), end: () => shown.stop() };
}

function lines(terminal: Terminal): Look {
  let last = performance.now();
  return {
    show(done, { ended, left }) {
      if (performance.now() - last < 10_000) return;
      last = performance.now();
      terminal.err(`${Math.floor(100 * done)} %: ${ended}, ${left} left`);
    },
    end() {},
  };
}
