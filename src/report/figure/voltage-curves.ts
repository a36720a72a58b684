import type { TopLevelSpec } from "vega-lite";
import type { Run } from "../measured-run.js";
import { thin } from "../thin.js";
import { round } from "./round.js";
import { figure, quantitative } from "./theme.js";

/** Cell voltage against the charge passed in the charge of chosen cycles. */
export function voltageCurves(run: Run): TopLevelSpec {
  const cycles = chosenCycles(run, 5);
  const names = cycles.map(String);
  const range = names.map(
    (_, k) =>
      ["#b9c6e6", "#8fa4d6", "#6a84c4", "#4f66b0", "#5a4fcf"][
        names.length === 1 ? 4 : Math.round((4 * k) / (names.length - 1))
      ],
  );
  return figure("Lines: cell voltage against charge passed, one line a cycle.", {
    data: { values: cycles.flatMap((cycle) => curve(run, cycle)) },
    mark: { type: "line" },
    encoding: {
      x: {
        field: "charge",
        type: quantitative,
        title: "Charge passed in this charge (mAh/cm³)",
        scale: { nice: false },
      },
      y: { field: "voltage", type: quantitative, title: "Cell voltage (V)", scale: { zero: false } },
      color: { field: "cycle", type: "nominal", title: "Cycle", sort: names, scale: { domain: names, range } },
      order: { field: "charge", type: quantitative },
    },
  });
}

/** The first and last cycle, the one that fell into step, and others evenly between: at most `most`. */
export function chosenCycles(run: Run, most: number): number[] {
  const count = run.measured.cycles.length;
  const even = Array.from({ length: most }, (_, k) => 1 + Math.round((k * (count - 1)) / (most - 1)));
  const sync = run.measured.syncCycle;
  if (sync !== null && count > most) {
    const nearest = even.slice(1, -1).reduce((a, b) => (Math.abs(b - sync) < Math.abs(a - sync) ? b : a));
    even[even.indexOf(nearest)] = sync;
  }
  return [...new Set(even)].sort((a, b) => a - b);
}

function curve(run: Run, cycle: number): object[] {
  const { voltage, capacity } = run.steps;
  const { from, to } = run.charges[cycle - 1];
  const start = from === 0 ? 0 : capacity[from - 1];
  const rows = thin(voltage.subarray(from, to + 1), 200).map((k) => from + k);
  return rows.map((row) => ({
    cycle: String(cycle),
    charge: round(capacity[row] - start),
    voltage: round(voltage[row]),
  }));
}
