import type { Verdict } from "../validation-case.js";

/** Observed order between neighbouring sizes: log(e/e′)/log(h/h′). */
export function observedOrders(sizes: readonly number[], errors: readonly number[]): number[] {
  return errors.slice(1).map((e, k) => Math.log(errors[k] / e) / Math.log(sizes[k] / sizes[k + 1]));
}

/**
 * Verdict on the finest pair of three or more sizes: within 0.1 of the theory, or no more than 0.1 below it where several
 * errors of at least that order meet; the earlier pairs are shown.
 */
export function orderVerdict(
  name: string,
  sizes: readonly number[],
  errors: readonly number[],
  theory: number,
  meeting: "one" | "several" = "one",
): Verdict {
  const orders = observedOrders(sizes, errors);
  const last = orders[orders.length - 1];
  return {
    name,
    value: last,
    band: meeting === "one" ? `${theory} ± 0.1` : `at least ${theory} − 0.1`,
    holds: sizes.length >= 3 && last - theory >= -0.1 && (meeting === "several" || last - theory <= 0.1),
    details: `orders ${orders.map((o) => o.toFixed(3)).join(", ")}; errors ${errors.map((e) => e.toExponential(3)).join(", ")}`,
  };
}
