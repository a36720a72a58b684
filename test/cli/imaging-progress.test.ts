import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { imagingProgress } from "../../src/cli/imaging-progress.js";
import { listening } from "./said.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** What is said of a work whose stages take these seconds each. */
function said(taken: Readonly<Record<string, number>>): string[] {
  const { err, terminal } = listening();
  const progress = imagingProgress(Object.keys(taken), terminal);
  for (const [stage, seconds] of Object.entries(taken))
    for (let part = 0; part <= 20; part++) {
      progress.told({ stage, share: part / 20 });
      if (part < 20) vi.advanceTimersByTime((1000 * seconds) / 20);
    }
  progress.end();
  return err.filter((line) => line.includes(" left"));
}

describe("progress of the work on a picture", () => {
  // by their costs, reading is a hundredth of all this
  const costs = { scale: 1.5, cracks: 4, particles: 6, "cracks of each particle": 20, attributes: 8, report: 4 };

  it("does not tell what is left from a slow start", () => {
    const [first] = said({ reading: 12, ...costs });
    expect(first).toMatch(/^\d %: reading, … left$/);
  });

  it("tells it once enough is done, and no more than six times what it takes in all", () => {
    const lines = said({ reading: 12, ...costs });
    const told = lines.filter((line) => !line.includes("…"));
    expect(told.length).toBeGreaterThan(2);
    for (const line of told) {
      const [, minutes, seconds] = /(?:(\d+) min )?(\d+) s left$/.exec(line)!;
      expect(60 * Number(minutes ?? 0) + Number(seconds)).toBeLessThan(6 * (12 + 43.5));
    }
    expect(told.at(-1)).toMatch(/ \d s left$/);
  });
});
