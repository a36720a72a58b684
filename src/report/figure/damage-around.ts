import type { TopLevelSpec } from "vega-lite";
import { nodeFields } from "../../result/field-columns.js";
import { angleOf, type Contact } from "../field/contact.js";
import type { Snapshot } from "../field/snapshot.js";
import { particleName, type Run } from "../measured-run.js";
import { round } from "./round.js";
import { figure, quantitative } from "./theme.js";

const later = ["#f3c39d", "#e59a6b", "#d37245", "#b9502f", "#93371f"];

/** Damage around one particle's surface at several ends of charge; shaded: the patches on high-conductivity carbon/binder. */
export function damageAround(
  run: Run,
  particle: number,
  moments: readonly Snapshot[],
  contacts: readonly Contact[],
): TopLevelSpec {
  const names = moments.map(({ cycle, time }) => (cycle === null ? `${time.toPrecision(4)} s` : String(cycle)));
  const range = names.map((_, k) => later[names.length === 1 ? 4 : Math.round((4 * k) / (names.length - 1))]);
  const values = moments.flatMap((snapshot, m) => around(snapshot, contacts[m], particle, names[m]));
  const x = {
    field: "angle",
    type: quantitative,
    title: "Angle about the particle, from +x (°)",
    scale: { domain: contacts[0]?.half ? [-90, 90] : [0, 360] },
    axis: { values: contacts[0]?.half ? [-90, -45, 0, 45, 90] : [0, 90, 180, 270, 360] },
  };
  return figure(`Lines: damage around particle ${particleName(run, particle)} against angle, one line a cycle.`, {
    height: 210,
    layer: [
      {
        data: { values: patches(moments[0], contacts[0], particle) },
        mark: { type: "rect", color: "#7d8894", opacity: 0.16 },
        encoding: { x: { ...x, field: "from" }, x2: { field: "to" } },
      },
      {
        data: { values },
        mark: { type: "line", strokeWidth: 1.75, clip: true },
        encoding: {
          x,
          y: { field: "damage", type: quantitative, title: "Damage D", scale: { domainMin: 0 } },
          color: {
            field: "moment",
            type: "nominal",
            title: "End of charge, cycle",
            sort: names,
            scale: { domain: names, range },
          },
          order: { field: "angle", type: quantitative },
        },
      },
    ],
  });
}

function around(snapshot: Snapshot, contact: Contact, particle: number, moment: string): object[] {
  const damage = snapshot.point.get(nodeFields.damage.name);
  if (damage === undefined) return [];
  const nodes = new Set<number>();
  contact.particle.forEach((owner, f) => {
    if (owner === particle) nodes.add(contact.ends[2 * f]).add(contact.ends[2 * f + 1]);
  });
  const rows = [...nodes]
    .map((node) => ({ moment, angle: round(angleOf(snapshot, contact, particle, node)), damage: round(damage[node]) }))
    .filter((row) => Number.isFinite(row.damage))
    .sort((a, b) => a.angle - b.angle);
  const [first, last] = [rows[0], rows[rows.length - 1]];
  const closed = last !== undefined && last.angle - first.angle > 300;
  return closed ? [{ ...last, angle: last.angle - 360 }, ...rows, { ...first, angle: first.angle + 360 }] : rows;
}

/** Stretches of angle on the high-conductivity class, facets joined. */
function patches(snapshot: Snapshot, contact: Contact, particle: number): { from: number; to: number }[] {
  const facets: { from: number; to: number }[] = [];
  contact.particle.forEach((owner, f) => {
    if (owner !== particle || contact.binder[f] !== 0) return;
    const [from, to] = [0, 1].map((end) => angleOf(snapshot, contact, particle, contact.ends[2 * f + end])) as [
      number,
      number,
    ];
    if (to >= from) facets.push({ from, to });
    else facets.push({ from, to: 360 }, { from: 0, to });
  });
  const joined: { from: number; to: number }[] = [];
  for (const facet of facets.sort((a, b) => a.from - b.from)) {
    const last = joined[joined.length - 1];
    if (last && facet.from - last.to < 0.01) last.to = Math.max(last.to, facet.to);
    else joined.push({ ...facet });
  }
  return joined.map(({ from, to }) => ({ from: round(from), to: round(to) }));
}
