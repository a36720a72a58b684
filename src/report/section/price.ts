import type { Context } from "../context.js";
import { chargePassed, endVoltage } from "../figure/over-cycles.js";
import { voltageCurves } from "../figure/voltage-curves.js";
import { section } from "../html.js";
import { renderPanels } from "../render.js";

/** What falling into step costs: voltage and capacity. */
export async function price({ run }: Context): Promise<string> {
  const cut = run.measured.cycles.some(({ cutOff }) => cutOff);
  const panels = await renderPanels([
    {
      name: "end-voltage",
      caption: `Voltage at the end of each charge${cut ? "; red: a voltage limit ended it" : ""}.`,
      spec: endVoltage(run),
    },
    {
      name: "charge-passed",
      caption: "Charge passed in each charge, per volume of particles.",
      spec: chargePassed(run),
    },
    { name: "voltage-curves", caption: "Cell voltage during the charge of chosen cycles.", spec: voltageCurves(run) },
  ]);
  return section("price", "Voltage and capacity: the price", panels);
}
