import { formOf } from "./function/forms.js";
import type { Scenario } from "./scenario.js";
import type { ProtocolStep } from "./step/steps.js";

/** What the open-circuit potential reaches over the stoichiometries for which it was given. */
export interface Reach {
  /** V, at the full and at the empty end. */
  readonly low: number;
  readonly high: number;
  /** Stoichiometries of the empty and of the full end. */
  readonly from: number;
  readonly to: number;
}

export function reachOf({ activeMaterial: { openCircuitPotential: choice } }: Scenario): Reach {
  const form = formOf(choice);
  const [from, to] = form.known(choice, "openCircuitPotential") ?? ([0.005, 0.995] as const);
  const { value } = form.law(choice, "openCircuitPotential");
  return { low: value(to), high: value(from), from, to };
}

/**
 * Sentences about voltage limits of the protocol that lie beyond what the potential reaches over its data: there the run rests
 * on the potential's continuation, and on overpotentials.
 */
export function reachWarnings(scenario: Scenario): string[] {
  const reach = reachOf(scenario);
  return scenario.protocol.steps.flatMap((step, index) => {
    const limit = step.voltage ?? step.until.voltage;
    if (limit === undefined || (limit >= reach.low && limit <= reach.high)) return [];
    return [warning(step, index, limit, reach)];
  });
}

function warning({ verb }: ProtocolStep, index: number, limit: number, { low, high, from, to }: Reach): string {
  const figure = (value: number) => String(Number(value.toPrecision(4)));
  const [above, end, s] = limit > high ? ["above", high, from] : ["below", low, to];
  return (
    `Step ${index + 1} (${verb}): ${figure(limit)} V is ${above} ${figure(end)} V, what the open-circuit potential reaches ` +
    `at the end of its data (s = ${figure(s)}). Beyond, the potential is continued without data.`
  );
}
