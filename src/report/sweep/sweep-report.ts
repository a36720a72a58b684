import { writeAtomically } from "../../folder/atomic-file.js";
import { readSweep, runColumns, type SweepFolder } from "../../result/sweep-folder.js";
import { columnCells, columnNumbers } from "../../table/separated.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import { bracketed } from "./column-title.js";
import { regimesSection } from "./regimes-section.js";
import { type DrawnAxis, effectBars, heatMap, type Response, responseCurve } from "./response.js";

/** Rows of the table of runs that the page shows; all are in runs.csv. */
const mostRows = 200;

/**
 * Writes one self-contained page about the sweep in a folder.
 * @param out path of the HTML file.
 * @throws Error, RangeError when the folder's files are missing or broken.
 */
export async function buildSweepReport(folder: string, out: string): Promise<void> {
  writeAtomically(out, await renderSweepReport(drawn(readSweep(folder))));
}

/** A sweep with its axes as figures name them. */
interface DrawnSweep extends Omit<SweepFolder, "axes"> {
  readonly axes: readonly DrawnAxis[];
}

function drawn(sweep: SweepFolder): DrawnSweep {
  return { ...sweep, axes: sweep.axes.map((axis) => ({ ...axis, title: bracketed(axis.column) })) };
}

async function renderSweepReport(result: DrawnSweep): Promise<string> {
  return page(result.record.title, factsOf(result), [
    answer(result),
    await regimes(result),
    await responses(result),
    await maps(result),
    await effects(result),
    failures(result),
    runTable(result),
    provenance(result),
  ]);
}

function factsOf({ record, axes }: DrawnSweep): string {
  const { runs, replicates, design } = record;
  const seeds = replicates > 1 ? `, ${replicates} seeds a point` : "";
  return `${runs.total} runs over ${axes.length} ${axes.length === 1 ? "axis" : "axes"} (${design}${seeds}), ${runs.done} done`;
}

/** The rule that the runs suggest, and how many runs it rests on. */
function answer({ record, table }: DrawnSweep): string {
  const { rule, runs } = record;
  const lead = rule?.sentence ?? "Too few runs are done to suggest a rule.";
  const tiles = [
    ["Runs", `${runs.done} of ${runs.total}`, "done"],
    ["Failed", String(runs.failed), runs.open > 0 ? `${runs.open} still open` : "none left open"],
    ...spans(table, [
      ["Synchronisation cycle", "In step", "cycle, over the runs that fell into step"],
      ["Mean damage at synchronisation", "Mean damage then", "over the same runs"],
      ["Last end voltage [V]", "End of last charge", "V"],
    ]),
  ];
  const caution =
    "<p>A rule read off a table holds between the ends of its axes, for the scenario it was made from; interactions between axes are in the maps, not in the sentence.</p>";
  const shown = tiles.map(
    ([name, value, note]) => `<div><dt>${name}</dt><dd>${value}<small>${note}</small></dd></div>`,
  );
  return `<p class="lead">${escapeHtml(lead)}</p>${rule ? caution : ""}\n<dl class="tiles">${shown.join("")}</dl>`;
}

/** Least and greatest value of columns that the table has. */
function spans(table: DrawnSweep["table"], wanted: readonly (readonly [string, string, string])[]): string[][] {
  return wanted.flatMap(([column, name, note]) => {
    if (!table.names.includes(column)) return [];
    const known = [...columnNumbers(table, column)].filter(Number.isFinite);
    if (known.length === 0) return [[name, "–", note]];
    const [least, most] = [Math.min(...known), Math.max(...known)];
    return [[name, least === most ? figures(least) : `${figures(least)} – ${figures(most)}`, note]];
  });
}

function responseOf({ table }: DrawnSweep, column: string): Response {
  return { title: bracketed(column), values: columnNumbers(table, column) };
}

/** Metrics of the report with their effects; those that the table does not hold, or that do not vary, are left out. */
function shownEffects({ record, table }: DrawnSweep) {
  return record.effects.filter(
    ({ column, effects }) => effects.some(({ share }) => share !== null) && table.names.includes(column),
  );
}

/** Names the metrics that are the same in every run. */
function constants({ record, table }: DrawnSweep): string {
  const same = record.effects.filter(({ known, effects }) => known > 1 && effects.every(({ share }) => share === null));
  const said = same
    .filter(({ column }) => table.names.includes(column))
    .map(({ column }) => escapeHtml(bracketed(column)));
  return said.length === 0 ? "" : `<p>The same in every run that has it: ${said.join("; ")}.</p>`;
}

/** The map of regimes, where the sweep asks for one. */
async function regimes({ record, axes, table }: DrawnSweep): Promise<string> {
  const asked = record.regimes ?? null;
  const across = axes.find(({ key }) => key === asked?.across);
  const up = axes.find(({ key }) => key === asked?.up);
  if (!across || !up) return "";
  const others = axes.filter((axis) => axis !== across && axis !== up && axis.count > 1);
  return regimesSection({ across, up, others }, table);
}

async function responses(result: DrawnSweep): Promise<string> {
  const drawings = result.axes.flatMap((axis, k) => {
    const other = result.axes.find((each, j) => j !== k && each.count > 1);
    return shownEffects(result).map(({ metric, column, effects, known }): Drawing => {
      const without = result.record.runs.done - known;
      const never =
        without > 0 ? ` ${without} finished runs have none: they did not fall into step, or never left it.` : "";
      return {
        name: `response-${k + 1}-${metric.replace(/\W/g, "-")}`,
        caption: `${escapeHtml(bracketed(column))} against ${escapeHtml(axis.title)}.${metric.includes("ync") ? never : ""}`,
        spec: responseCurve(axis, responseOf(result, column), effects[k].means, other),
      };
    });
  });
  const note = result.axes.some(({ drawn }) => drawn)
    ? " Where values were drawn, it is the mean over bins of equal count."
    : "";
  return section(
    "responses",
    "Responses",
    `<p>Each point is a run; the dashed line is the mean at each level.${note}</p>`,
    constants(result),
    await renderPanels(drawings),
  );
}

async function maps(result: DrawnSweep): Promise<string> {
  const varied = result.axes.filter(({ count }) => count > 1);
  const pairs = varied.flatMap((x, k) => varied.slice(k + 1).map((y) => [x, y] as const)).slice(0, 3);
  const drawings = pairs.flatMap(([x, y], k) =>
    shownEffects(result).map(
      ({ metric, column }): Drawing => ({
        name: `map-${k + 1}-${metric.replace(/\W/g, "-")}`,
        caption: `${escapeHtml(bracketed(column))}${varied.length > 2 ? ", averaged over the other axes" : ""}.`,
        spec: heatMap(x, y, responseOf(result, column)),
      }),
    ),
  );
  return section("maps", "Two axes at a time", await renderPanels(drawings));
}

async function effects(result: DrawnSweep): Promise<string> {
  const shares = shownEffects(result).flatMap(({ column, effects: each }) =>
    each.flatMap(({ input, share }) => (share === null ? [] : [{ metric: column, axis: input, share }])),
  );
  if (shares.length === 0) return "";
  const note =
    "<p>What each axis explains of the variance of a metric by itself (one-way analysis of variance; in a full grid the first-order Sobol’ index). What is missing to 100 % is interaction between axes, and the scatter between seeds.</p>";
  const caption = "First-order shares of the variance.";
  return section(
    "effects",
    "Main effects",
    note,
    await renderPanels([{ name: "effects", caption, spec: effectBars(shares) }]),
  );
}

function failures({ record }: DrawnSweep): string {
  if (record.failures.length === 0) return "";
  const rows = record.failures.map(({ run, scenario, reason }) => [
    String(run),
    `<code>${scenario.slice(0, 12)}</code>`,
    escapeHtml(reason),
  ]);
  return section("failures", "Runs that failed", htmlTable(["Run", "Scenario", "Reason"], rows));
}

function runTable({ table, axes, record }: DrawnSweep): string {
  const shown = record.effects.map(({ column }) => column).filter((column) => table.names.includes(column));
  const [status, hash] = [columnCells(table, runColumns.status), columnCells(table, runColumns.scenario)];
  const columns = shown.map((column) => columnNumbers(table, column));
  const cell = (axis: DrawnAxis, k: number) => {
    const own = axis.cells[k];
    return escapeHtml(typeof own === "number" ? figures(own, 6) : own);
  };
  const rows = Array.from({ length: Math.min(table.rows, mostRows) }, (_, k) => [
    columnCells(table, runColumns.run)[k],
    ...axes.map((axis) => cell(axis, k)),
    status[k],
    ...columns.map((values) => figures(values[k], 4)),
    `<code>${hash[k].slice(0, 12)}</code>`,
  ]);
  const head = ["Run", ...axes.map(({ title }) => title), "Status", ...shown.map(bracketed), "Scenario"].map(
    escapeHtml,
  );
  const more =
    table.rows > mostRows
      ? `<p>The first ${mostRows} of ${table.rows} runs; all are in <code>runs.csv</code>.</p>`
      : "";
  return section("runs", "Runs", more, htmlTable(head, rows, "runs"));
}

function provenance({ record }: DrawnSweep): string {
  const text = `Synchrode ${record.version}; ${record.sweepFile} over ${record.scenarioFile}. Each run is in <code>runs/</code> under the hash of its resolved scenario; <code>synchrode report runs/…</code> draws a single one.`;
  return section("provenance", "Where this comes from", `<p>${text}</p>`);
}
