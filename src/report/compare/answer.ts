import { chance } from "../../inference/compare/chance.js";
import type { CompareRecord } from "../../inference/compare/record.js";
import { distances } from "../../inference/compare/two-sample.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml } from "../html.js";

/** The comparison in sentences: the trend over several states, each two tables, and how far particles keep their order. */
export function answer(record: CompareRecord): string {
  const { tables, paired, notes = [], settings } = record;
  const several = tables.length > 2;
  const said = notes.map((note) => `<p class="remark">${escapeHtml(note)}</p>`);
  if (settings.ranks) {
    const lead =
      "Only ranks are set beside each other: of whether damaged particles lie together, and of the same particles.";
    const ranks = order(record);
    return [
      `<p class="lead">${escapeHtml(lead)}</p>`,
      ...said,
      ...(paired ? [`<p>${escapeHtml(ranks)}</p>`] : []),
    ].join("\n");
  }
  const pairs = tables.slice(1).map((later, k) => pairSentence(record, [tables[k].name, later.name], several));
  const kept = `The tables hold the same particles: p are of exchanging states within particles. ${order(record)}`;
  return [
    ...(several ? [trendSentence(record)] : []),
    ...pairs,
    ...said,
    ...(paired ? [`<p>${escapeHtml(kept)}</p>`] : []),
  ].join("\n");
}

function order({ persistence }: CompareRecord): string {
  const each = persistence.map(({ between: [first, second], rho }) => `from ${first} to ${second} ρ ${figures(rho)}`);
  return `Rank correlation of the particles ${each.join(", ")}.`;
}

function pairSentence({ tests, column, differences }: CompareRecord, between: [string, string], several: boolean) {
  const [first, second] = between;
  const prefix = several ? `${first} → ${second}: ` : "";
  const own = tests.filter(({ name }) => name.startsWith(prefix) && name.slice(prefix.length) in distances);
  const clearest = own.reduce((a, b) => (b.pHolm < a.pHolm ? b : a));
  const apart = clearest.pHolm < 0.05;
  const mean = differences.find((each) => each.name === "mean" && each.between.join() === between.join())!;
  const test = clearest.name.slice(prefix.length);
  const lead = apart
    ? `The distributions of ${column} in ${first} and ${second} differ (${test}, p ${chance(clearest.pHolm)} after Holm).`
    : `No difference between the distributions of ${column} in ${first} and ${second} can be shown (the smallest p is ${chance(clearest.pHolm)} after Holm).`;
  const [low, high] = mean.byBlock ?? mean.byParticle;
  const text = `The mean of ${first} less that of ${second} is ${figures(mean.value)} (95 %: ${figures(low)} to ${figures(high)}${mean.byBlock ? ", by blocks of space" : ""}).`;
  return `<p${several ? "" : ' class="lead"'}>${escapeHtml(lead)}${several ? " " : "</p><p>"}${escapeHtml(text)}</p>`;
}

function trendSentence({ tests, column, tables }: CompareRecord): string {
  const way = (name: string, up: string, down: string, none: string) => {
    const test = tests.find((each) => each.name.startsWith(`over all states: ${name}`));
    if (!test) return "";
    const found = test.pHolm < 0.05 ? (test.effect > 0 ? up : down) : none;
    return `${found} (p ${chance(test.pHolm)} after Holm, effect ${figures(test.effect)})`;
  };
  const values = way("values", "rises", "falls", "neither rises nor falls for certain");
  const spread = way("relative spread", "rises", "falls", "neither rises nor falls for certain");
  const slope = way("slope", "changes", "changes", "cannot be shown to change");
  const depth = slope === "" ? "" : ` Its slope over depth ${slope}.`;
  const lead = `Over ${tables.length} states ${column} ${values}; its spread about the middle, relative to the mean, ${spread}.${depth}`;
  return `<p class="lead">${escapeHtml(lead)}</p>`;
}
