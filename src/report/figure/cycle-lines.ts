import { ink, quantitative } from "./theme.js";

export const cycleAxis = { title: "Cycle", scale: { nice: false }, axis: { tickMinStep: 1, format: "d" } };

/** One of three forms that a quantity has at a cycle. */
export interface FormAtCycle {
  readonly cycle: number;
  readonly form: string;
  readonly value: number | null;
}

/**
 * A quantity in three forms over cycles, a line each.
 * @param dashes of each line; plain when absent
 */
export function formLines(
  values: readonly FormAtCycle[],
  forms: readonly [string, string, string],
  title: string,
  dashes?: readonly (readonly [number, number])[],
): object {
  const by = (range: readonly unknown[]) => ({
    field: "form",
    type: "nominal",
    title: null,
    scale: { domain: forms, range },
  });
  return {
    data: { values },
    mark: { type: "line", point: values.length < 3 * forms.length },
    encoding: {
      x: { field: "cycle", type: quantitative, ...cycleAxis },
      y: { field: "value", type: quantitative, title },
      color: by([ink, "#4f6fb0", "#a0457f"]),
      ...(dashes && { strokeDash: by(dashes) }),
    },
  };
}
