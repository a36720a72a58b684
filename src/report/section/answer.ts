import type { Criterion } from "../../inference/criteria.js";
import { priceOf } from "../../inference/price.js";
import { rangeSentence } from "../../inference/range.js";
import { readResult } from "../../inference/reading.js";
import { leastAsynchrony } from "../../inference/synchronisation.js";
import type { RunFolder } from "../../result/run-folder.js";
import { figures } from "../../words/numbers.js";
import type { Context } from "../context.js";
import { escapeHtml } from "../html.js";

/** The answer: sentences, and the numbers they rest on. */
export function answer({ run, controls }: Context, criteria: readonly Criterion[]): string {
  const [lead, ...rest] = readResult(run.measured, run.tau, controls);
  const { spread, spreadMeasure, syncCycle, meanDamageAtSync, cycles } = run.measured;
  const [first, last] = [cycles[0], cycles[cycles.length - 1]];
  const price = priceOf(run.measured);
  const held = criteria.filter(({ holds }) => holds === true).length;
  const apart = (spread.lithiumFirst ?? 0) >= leastAsynchrony;
  const whole = ["done", undefined].includes(run.result.manifest.status);
  const inStep = !apart ? (whole ? "from the start" : "–") : syncCycle === null ? "not yet" : `cycle ${syncCycle}`;
  const tiles: [string, string, string][] = [
    ["In step", inStep, `of ${cycles.length} cycles`],
    ["Mean damage then", apart ? figures(meanDamageAtSync) : "–", `${figures(last.meanDamage)} at the end`],
    [
      "Spread of lithium",
      `${figures(spread.lithiumFirst)} → ${figures(spread.lithiumLast)}`,
      `${spreadMeasure} / mean Δs`,
    ],
    price.paid === "capacity"
      ? ["Capacity lost", `${figures(100 * price.capacityLost)} %`, "first to last charge, to the limit"]
      : ["End of charge", `${first.voltage.toFixed(2)} → ${last.voltage.toFixed(2)} V`, "first and last cycle"],
    ["Criteria", `${held} of ${criteria.length}`, "hold; see the verdicts"],
  ];
  return [
    `<p class="lead">${escapeHtml(lead ?? "")}</p>`,
    rest.length > 0 ? `<p class="answer">${rest.map(escapeHtml).join(" ")}</p>` : "",
    outside(run.result.summary),
    `<dl class="tiles">${tiles.map(tile).join("")}</dl>`,
    unfinished(run.result.manifest),
  ].join("\n");
}

function tile([name, value, note]: [string, string, string]): string {
  return `<div><dt>${name}</dt><dd>${escapeHtml(value)}<small>${escapeHtml(note)}</small></dd></div>`;
}

/** Folders of earlier versions do not say it. */
function outside(summary: RunFolder["summary"]): string {
  const sentence = summary?.range ? rangeSentence(summary.range) : "";
  return sentence === "" ? "" : `<p class="warning">${escapeHtml(sentence)}</p>`;
}

const endings: Readonly<Record<string, string>> = {
  failed: "This run failed",
  "ended-by-limit": "This run ended before its protocol did",
  stopped: "This run was stopped",
  running: "This run was not finished when the report was made",
};

function unfinished(manifest: RunFolder["manifest"]): string {
  const { status, message } = manifest;
  if (status === "done" || status === undefined) return "";
  const why = typeof message === "string" ? `: ${message.replace(/\.$/, "")}` : "";
  const ending = endings[String(status)] ?? `The status of this run is ${String(status)}`;
  return `<p class="warning">${escapeHtml(ending + why)}. What follows is drawn from the steps it finished.</p>`;
}
