import { nodeFields } from "../../result/field-columns.js";
import type { Context, Moment } from "../context.js";
import { damageAround } from "../figure/damage-around.js";
import { domainOf, fieldMap, type Quantity, quantities } from "../figure/field-map.js";
import { escapeHtml, section } from "../html.js";
import { coordinatesOfReport, particleName } from "../measured-run.js";
import { type Drawing, renderPanels } from "../render.js";

/** Fields on the mesh at the first, a middle and the last end of charge; each quantity in the same colours throughout. */
export async function fields({ run, moments, axes }: Context): Promise<string> {
  const shown = [...new Set([moments[0], moments[Math.floor(moments.length / 2)], moments[moments.length - 1]])].filter(
    (moment) => moment !== undefined,
  );
  const rows: string[] = [];
  for (const quantity of quantities) rows.push(await fieldRow(quantity, shown, axes));
  const note =
    "<p>Each quantity keeps its colours from cycle to cycle; those of stresses end where half a per cent of the cells lie beyond." +
    ` ${escapeHtml(coordinatesOfReport(run.result.scenario.geometry).stresses)}</p>`;
  return rows.some((row) => row !== "") ? section("fields", "Fields at the end of charge", note, ...rows) : "";
}

async function fieldRow(
  quantity: Quantity,
  moments: readonly Moment[],
  axes: readonly [string, string],
): Promise<string> {
  const domain = domainOf(
    quantity,
    moments.map(({ snapshot }) => snapshot),
  );
  if (domain === null) return "";
  const drawings = moments.map(
    ({ snapshot, contact }): Drawing => ({
      name: `${quantity.title
        .toLowerCase()
        .replace(/[^a-z]+/g, "-")
        .replace(/-$/, "")}-${momentKey(snapshot.cycle, snapshot.time)}`,
      caption: `${escapeHtml(quantity.title.replace(/ \(.*/, ""))}, ${snapshot.cycle === null ? `${snapshot.time.toPrecision(4)} s` : `cycle ${snapshot.cycle}`}`,
      spec: fieldMap(quantity, snapshot, contact, domain, axes),
    }),
  );
  return renderPanels(drawings, "panels maps");
}

/** Damage over each particle's surface: hot spots that a mean per particle hides. */
export async function damageSurfaces({ run, moments }: Context): Promise<string> {
  if (moments.every(({ snapshot }) => !snapshot.point.has(nodeFields.damage.name))) return "";
  const most = 12;
  const drawings = run.measured.coverage.slice(0, most).map(
    (_, k): Drawing => ({
      name: `damage-around-${k + 1}`,
      caption: `Particle ${particleName(run, k)}. Shaded: on high-conductivity carbon/binder.`,
      spec: damageAround(
        run,
        k,
        moments.map(({ snapshot }) => snapshot),
        moments.map(({ contact }) => contact),
      ),
    }),
  );
  const more =
    run.particles > most ? `<p>The first ${most} of ${run.particles} particles; the fields hold all.</p>` : "";
  return section("surfaces", "Damage over each particle's surface", await renderPanels(drawings), more);
}

function momentKey(cycle: number | null, time: number): string {
  return cycle === null ? `${Math.round(time)}s` : `cycle-${cycle}`;
}
