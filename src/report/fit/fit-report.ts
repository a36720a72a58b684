import { writeAtomically } from "../../folder/atomic-file.js";
import type { Estimate } from "../../inference/fit/estimate.js";
import type { FitRecord, SeriesRecord } from "../../inference/fit/record.js";
import { readFit } from "../../result/fit-folder.js";
import { figures } from "../../words/numbers.js";
import { entriesSection } from "../entries.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import { cornerPanel } from "./corner.js";
import { correlationMap } from "./correlation-map.js";
import { fitLines } from "./fit-lines.js";
import { profileLine } from "./profile-line.js";
import { residualLines } from "./residual-lines.js";

/**
 * Writes one self-contained page about a fit in a folder.
 * @param out path of the HTML file.
 * @throws Error when `fit.json` is missing or broken.
 */
export async function buildFitReport(folder: string, out: string): Promise<void> {
  writeAtomically(out, await fitPage(readFit(folder)));
}

/** The page from the record of a fit. */
export async function fitPage(record: FitRecord): Promise<string> {
  const { title, words, method, evaluations } = record;
  const facts = `${words}; ${method.kind}, ${evaluations.asked} evaluations, ${evaluations.failed} failed`;
  return page(title, facts, [
    answer(record),
    parameterTable(record),
    await curves(record),
    await profiles(record),
    await together(record),
    startTable(record),
    failures(record),
    provenance(record),
  ]);
}

function answer({ rmse, rmseUnseen, shown, warnings, status, reason }: FitRecord): string {
  const lead = [
    rmse === null ? "" : `Root mean square of the fitted residuals: ${figures(rmse)} (${shown.y}).`,
    rmseUnseen === null ? "" : `Of the data that were not fitted to: ${figures(rmseUnseen)}.`,
    status === "done" ? "" : `The fit is not finished: ${reason ?? status}.`,
  ];
  const told = lead.filter((line) => line !== "").map((line) => `<p class="lead">${escapeHtml(line)}</p>`);
  const warned = warnings.map((warning) => `<li>${escapeHtml(warning)}</li>`).join("\n");
  return [...told, warned === "" ? "" : `<ul class="warning">${warned}</ul>`].join("\n");
}

function parameterTable({ parameters }: FitRecord): string {
  const end = (value: number | null) => (value === null ? "open" : precise(value));
  const rows = parameters.map(({ name, unit, value, interval, from, identifiable, bounds }) => [
    escapeHtml(name),
    precise(value),
    `${end(interval[0])} … ${end(interval[1])}`,
    escapeHtml(unit),
    `${precise(bounds[0])} … ${precise(bounds[1])}`,
    `<span class="verdict ${identifiable ? "holds" : "fails"}">${identifiable ? "seen" : "not seen"}</span>`,
    from,
  ]);
  const head = ["Parameter", "Value", "95 %", "Unit", "Bounds", "By the data", "Interval by"];
  return section("parameters", "Parameters", htmlTable(head, rows));
}

function precise(value: number): string {
  return figures(value, 4);
}

async function curves(record: FitRecord): Promise<string> {
  const { predictions } = record;
  if (predictions.length === 0) return "";
  const uses: readonly [SeriesRecord["use"], string][] = [
    ["fit", "Fitted"],
    ["predict", "Not fitted to"],
  ];
  const drawings = uses.flatMap(([use, title]): Drawing[] => {
    const own = predictions.filter((each) => each.use === use);
    if (own.length === 0) return [];
    return [
      {
        name: `lines-${use}`,
        caption: `<b>${title}.</b> Points: measured; lines: predicted.`,
        spec: fitLines(record, own),
      },
      {
        name: `residuals-${use}`,
        caption: `<b>${title}.</b> Predicted less measured.`,
        spec: residualLines(record, own),
      },
    ];
  });
  return section("data", "Data and prediction", await renderPanels(drawings), seriesTable(record));
}

function seriesTable({ predictions, shown }: FitRecord): string {
  const rows = predictions.map(({ name, use, points, rmse, bias, largest, autocorrelation, failure }) => [
    escapeHtml(name),
    use === "fit" ? "fitted" : "not fitted to",
    String(points),
    figures(rmse),
    figures(bias),
    figures(largest),
    figures(autocorrelation, 2),
    escapeHtml(failure ?? ""),
  ]);
  const head = [
    "Data",
    "",
    "Numbers",
    `RMSE, ${escapeHtml(shown.y)}`,
    "Mean",
    "Largest",
    "Neighbours' correlation",
    "",
  ];
  return htmlTable(head, rows);
}

async function profiles({ profiles: found, parameters }: FitRecord): Promise<string> {
  const drawings = found.map((profile): Drawing => {
    const own = parameters.find(({ name }) => name === profile.name)!;
    const name = `profile-${profile.name.replace(/\W/g, "-")}`;
    return { name, caption: caption(own), spec: profileLine(profile, own) };
  });
  const text =
    "<p>One parameter is held at a place, all others make the best of it. Where the line does not pass the dashed level before a bound, the data leave that side open.</p>";
  return drawings.length === 0 ? "" : section("profiles", "Profiles", text, await renderPanels(drawings));
}

function caption({ name, reason }: Estimate): string {
  return `<b>${escapeHtml(name)}</b>${reason === null ? "" : `: ${escapeHtml(reason)}`}`;
}

async function together(record: FitRecord): Promise<string> {
  const { correlation, samples, parameters } = record;
  const names = parameters.map(({ name }) => name);
  const titles = parameters.map(({ name, unit }) => (unit === "" ? name : `${name} (${unit})`));
  const drawings: Drawing[] = [];
  const map: Drawing[] = correlation
    ? [
        {
          name: "correlation",
          caption: "Correlations of what is left possible.",
          spec: correlationMap(names, correlation),
        },
      ]
    : [];
  if (samples)
    names.forEach((_, a) => {
      for (let b = a + 1; b < names.length; b++)
        drawings.push({ name: `draws-${a}-${b}`, caption: "Draws.", spec: cornerPanel(samples.draws, [a, b], titles) });
    });
  return section(
    "together",
    "Parameters together",
    await renderPanels(map, "wide"),
    await renderPanels(drawings),
    directionTable(record),
  );
}

/** What the data see, from the best to the worst seen combination. */
function directionTable({ singularValues, directions, parameters }: FitRecord): string {
  const names = parameters.map(({ name }) => name);
  const rows = (singularValues ?? []).map((value, k) => [
    String(k + 1),
    figures(value),
    escapeHtml(
      names
        .map((name, p) => ({ name, weight: directions![k][p] }))
        .filter(({ weight }) => Math.abs(weight) >= 0.3)
        .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
        .map(({ name, weight }) => `${name} ${weight.toFixed(2)}`)
        .join(", "),
    ),
  ]);
  return rows.length === 0
    ? ""
    : `<p>What the data see, from the best to the worst seen combination: singular values of the weighed Jacobian, parameters as shares of their bounds.</p>${htmlTable(["", "Singular value", "Combination"], rows)}`;
}

function startTable({ starts }: FitRecord): string {
  if (starts.length === 0) return "";
  const rows = starts.map(({ sum, iterations, converged, reason }, k) => [
    String(k + 1),
    figures(sum, 6),
    String(iterations),
    `<span class="verdict ${converged ? "holds" : "open"}">${converged ? "converged" : "not converged"}</span>`,
    escapeHtml(reason),
  ]);
  return section("starts", "Starts", htmlTable(["Start", "Sum of squares", "Iterations", "", "End"], rows));
}

function failures({ failures: found, parameters }: FitRecord): string {
  if (found.length === 0) return "";
  const rows = found
    .slice(0, 50)
    .map(({ values, reason }, k) => [String(k + 1), escapeHtml(values.map(precise).join(", ")), escapeHtml(reason)]);
  const head = ["", escapeHtml(parameters.map(({ name }) => name).join(", ")), "Reason"];
  return section("failures", "Evaluations that failed", htmlTable(head, rows));
}

function provenance({ fitFile, fitSha256, inputs, version, seed, method }: FitRecord): string {
  const rows = [
    ["Fit file", `${fitFile}, SHA-256 ${fitSha256}`],
    ...inputs.slice(1).map(({ path, sha256 }) => ["Input", `${path}, SHA-256 ${sha256}`]),
    ["Method", JSON.stringify(method)],
    ["Seed", String(seed)],
    ["Version", version],
  ];
  return entriesSection("provenance", "Provenance", rows);
}
