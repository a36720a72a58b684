import { worstBalances } from "../../result/summary.js";
import { figures } from "../../words/numbers.js";
import type { Context } from "../context.js";
import { balanceLimits, balances } from "../figure/balances.js";
import { htmlTable, section } from "../html.js";
import { renderPanels } from "../render.js";

/** How well lithium, charge and momentum were kept. */
export async function conservation({ run }: Context): Promise<string> {
  const worstOf = worstBalances(run.steps);
  const rows = (Object.keys(balanceLimits) as (keyof typeof balanceLimits)[]).map((name) => {
    const worst = worstOf[name];
    const verdict = worst <= balanceLimits[name] ? "holds" : "fails";
    const limit = figures(balanceLimits[name]);
    return [name, figures(worst), limit, `<span class="verdict ${verdict}">${verdict}</span>`];
  });
  const panels = await renderPanels([
    {
      name: "balances",
      caption: "Largest relative violation over the time steps; dashed: hard limits.",
      spec: balances(run),
    },
  ]);
  return section(
    "balances",
    "Balances",
    panels,
    htmlTable(["Balance", "Largest relative violation", "Limit", ""], rows),
  );
}
