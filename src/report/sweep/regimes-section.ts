import { type Regime, regimeOf, regimes } from "../../inference/regime.js";
import { mean } from "../../statistics/mean.js";
import { columnNumbers, type SeparatedTable } from "../../table/separated.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { type Drawing, renderPanels } from "../render.js";
import { kindOf, levelName, levelsOf, type MapAxes, type RegimeColumns, regimeMap } from "./regime-map.js";
import type { DrawnAxis } from "./response.js";

/** Columns of the table of runs that regimes are read from. */
const needed = {
  first: "First lithium spread",
  second: "Second lithium spread",
  last: "Last lithium spread",
  began: "First capacity [mAh/cm3]",
  ended: "Last capacity [mAh/cm3]",
  damage: "Last mean damage",
  damageSpread: "Last damage spread",
  damageMost: "Largest damage spread",
} as const;

/** The maps, what they say in a sentence, and the counts behind it; says what is missing where the table lacks a column. */
export async function regimesSection(axes: MapAxes, table: SeparatedTable): Promise<string> {
  const missing = Object.values(needed).filter((column) => !table.names.includes(column));
  if (missing.length > 0)
    return section(
      "regimes",
      "Regimes",
      `<p>Not drawn: the table of runs lacks ${escapeHtml(missing.join(", "))}.</p>`,
    );
  const of = (name: keyof typeof needed) => columnNumbers(table, needed[name]);
  const [began, ended] = [of("began"), of("ended")];
  const capacityLost = began.map((from, run) => 1 - ended[run] / from);
  const columns = { first: of("first"), second: of("second"), last: of("last"), capacityLost };
  const further = { damage: of("damage"), damageSpread: of("damageSpread"), damageMost: of("damageMost") };
  const kinds = countsByKind(axes.up, { ...columns, ...further });
  return section(
    "regimes",
    "Where particles fall into step",
    `<p class="lead">${escapeHtml(sentence(axes.up, kinds))}</p>`,
    "<p>Each cell is a run; its number is S<sub>c</sub> at the end over that of the first charge. A run synchronises where that is at most 0.5; it drifts apart where S<sub>c</sub> ends a tenth above the first two charges'. Lines: share of the first charge's capacity that the last no longer passes.</p>",
    await renderPanels(mapsOf(axes, columns), "panels wide"),
    kindTable(axes.up, kinds),
  );
}

/** One map for each combination of the axes that panels do not show. */
function mapsOf(axes: MapAxes, columns: RegimeColumns): Drawing[] {
  const beyond = axes.others.slice(2);
  const runs = axes.across.cells.map((_, run) => run);
  const combinations = beyond.reduce<
    readonly { readonly runs: readonly number[]; readonly words: readonly string[] }[]
  >(
    (parts, axis) =>
      parts.flatMap((part) =>
        levelsOf(axis).map((level) => ({
          runs: part.runs.filter((run) => axis.cells[run] === level),
          words: [...part.words, `${axis.name}: ${levelName(axis, level)}`],
        })),
      ),
    [{ runs, words: [] }],
  );
  return combinations.map(({ runs: shown, words }, k) => ({
    name: `regimes-${k + 1}`,
    caption: escapeHtml(words.length > 0 ? `${words.join("; ")}.` : "All runs."),
    spec: regimeMap(axes, columns, shown),
  }));
}

interface KindCounts {
  readonly kind: string;
  readonly runs: number;
  readonly counts: Readonly<Record<Regime, number>>;
  /** Means over the runs that synchronise; null without any. */
  readonly capacityLost: number | null;
  readonly damage: number | null;
  /** Runs whose spread of damage ends below nine tenths of its largest. */
  readonly damageFalls: number;
}

interface KindColumns extends RegimeColumns {
  readonly damage: Float64Array;
  readonly damageSpread: Float64Array;
  readonly damageMost: Float64Array;
}

function countsByKind(up: DrawnAxis, columns: KindColumns): readonly KindCounts[] {
  const known = up.cells.flatMap((level, run) => {
    const regime = regimeOf({ first: columns.first[run], second: columns.second[run], last: columns.last[run] });
    return regime === null ? [] : [{ kind: kindOf(level), run, regime }];
  });
  return [...new Set(known.map(({ kind }) => kind))].map((kind) => {
    const own = known.filter((each) => each.kind === kind);
    const count = (regime: Regime) => own.filter((each) => each.regime === regime).length;
    const closing = own.filter(({ regime }) => regime === "synchronises").map(({ run }) => run);
    const over = (column: Float64Array) => (closing.length > 0 ? mean(closing.map((run) => column[run])) : null);
    return {
      kind,
      runs: own.length,
      counts: Object.fromEntries(regimes.map((regime) => [regime, count(regime)])) as Record<Regime, number>,
      capacityLost: over(columns.capacityLost),
      damage: over(columns.damage),
      damageFalls: own.filter(({ run }) => columns.damageSpread[run] < 0.9 * columns.damageMost[run]).length,
    };
  });
}

/** What the map says, one clause a kind. */
function sentence(up: DrawnAxis, kinds: readonly KindCounts[]): string {
  const clauses = kinds.map(({ kind, runs, counts, capacityLost }) => {
    const parts = regimes.flatMap((regime) => (counts[regime] > 0 ? [`${counts[regime]} ${said[regime]}`] : []));
    const price = capacityLost === null ? "" : ` (losing ${figures(100 * capacityLost, 2)} % of their capacity)`;
    const named = kind === "" ? "" : `${kind}: `;
    return `${named}of ${runs} runs ${parts.join(", ").replace(said.synchronises, `${said.synchronises}${price}`)}`;
  });
  return `${up.name} – ${clauses.join("; ")}.`;
}

const said: Readonly<Record<Regime, string>> = {
  synchronises: "synchronise",
  "stays apart": "stay apart",
  "drifts apart": "drift apart",
  "never apart": "were never apart",
};

function kindTable(up: DrawnAxis, kinds: readonly KindCounts[]): string {
  const head = [
    up.name,
    "Runs",
    ...regimes,
    "Capacity lost where they synchronise",
    "Mean damage there",
    "Spread of damage falls",
  ];
  const rows = kinds.map(({ kind, runs, counts, capacityLost, damage, damageFalls }) => [
    escapeHtml(kind === "" ? "all" : kind),
    String(runs),
    ...regimes.map((regime) => String(counts[regime])),
    capacityLost === null ? "–" : `${figures(100 * capacityLost, 2)} %`,
    damage === null ? "–" : figures(damage, 2),
    String(damageFalls),
  ]);
  return htmlTable(head.map(escapeHtml), rows);
}
