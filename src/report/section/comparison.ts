import { controlWords } from "../../inference/controls.js";
import { figures } from "../../words/numbers.js";
import type { Context } from "../context.js";
import { damageOverlay, lithiumOverlay, runLabels } from "../figure/overlay.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { renderPanels } from "../render.js";

/** Several runs against each other; empty for one alone. */
export async function comparison({ run, others, roles }: Context): Promise<string> {
  if (others.length === 0) return "";
  const runs = [run, ...others];
  const names = runLabels(runs);
  const rows = runs.map((one, k) => {
    const { spread, syncCycle, cycles, meanDamageAtSync } = one.measured;
    const role = k === 0 ? null : roles[k - 1];
    const last = cycles[cycles.length - 1];
    return [
      escapeHtml(names[k]),
      k === 0 ? "this report's run" : role === null ? "other" : controlWords(role),
      `${figures(spread.lithiumFirst)} → ${figures(spread.lithiumLast)}`,
      `${figures(spread.damageMax)} (cycle ${spread.damageMaxCycle}) → ${figures(spread.damageLast)}`,
      syncCycle === null ? "not" : `cycle ${syncCycle}, mean D ${figures(meanDamageAtSync)}`,
      `${cycles[0].voltage.toFixed(3)} → ${last.voltage.toFixed(3)}`,
    ];
  });
  const panels = await renderPanels([
    { name: "lithium-overlay", caption: "Spread of the lithium given in each charge.", spec: lithiumOverlay(runs) },
    { name: "damage-overlay", caption: "Spread of damage at the end of each charge.", spec: damageOverlay(runs) },
  ]);
  const head = ["Run", "What it is", "S<sub>c</sub>", "S<sub>D</sub>", "In step", "End of charge (V)"];
  return section("comparison", "Side by side", panels, htmlTable(head, rows));
}
