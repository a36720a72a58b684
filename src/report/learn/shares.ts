import { li2022Shares } from "../../inference/learn/li2022.js";
import type { LearnRecord } from "../../inference/learn/record.js";
import { evenShare } from "../../inference/learn/reproduction.js";
import { figures } from "../../words/numbers.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { type Drawing, renderPanels } from "../render.js";
import { shareBars } from "./share-bars.js";

/** Whether a particle's own attributes or its neighbourhood tell the target, state by state, beside Li et al. (2022). */
export async function shares(record: LearnRecord): Promise<string> {
  const { tables } = record;
  const ranked = tables.some(({ groupShares }) => groupShares !== null);
  const clean = tables.some(({ leakFree }) => leakFree?.groupShares);
  if (!ranked && !clean) return "";
  const caption =
    "Lines: the band of 95 % of the runs; for Li et al. (2022), read off their charts, two standard deviations.";
  const drawings: Drawing[] = [];
  if (ranked) drawings.push({ name: "shares", caption: `All attributes. ${caption}`, spec: shareBars(tables, false) });
  if (clean)
    drawings.push({ name: "shares-leak-free", caption: `Without leaks. ${caption}`, spec: shareBars(tables, true) });
  return section(
    "shares",
    "Own attributes or neighbourhood",
    told(record),
    await renderPanels(drawings),
    beside(record),
  );
}

/** The share of the neighbourhood in words, beside what counting attributes alone would give. */
function told({ tables }: LearnRecord): string {
  const sentences = tables.flatMap((table) => {
    const ranking = table.leakFree ?? table;
    if (!ranking.groupShares) return [];
    const { mean, sd } = ranking.groupShares.local;
    const even = `${percent(evenShare(ranking))} if every attribute counted alike`;
    const clean = table.leakFree ? ", without leaks" : "";
    return [`${table.name}${clean}: the neighbourhood has ${percent(mean)} ± ${percent(sd)} (${even}).`];
  });
  return sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join("\n");
}

function beside({ reproduction }: LearnRecord): string {
  if (reproduction === null) return "";
  const rows = reproduction.map(({ name, found, reference, asked, holds }) => [
    escapeHtml(name),
    figures(found),
    reference === null ? "–" : figures(reference),
    escapeHtml(asked),
    `<span class="verdict ${holds ? "holds" : "fails"}">${holds ? "agrees" : "disagrees"}</span>`,
  ]);
  const [early, late] = li2022Shares.map(({ shares }) => shares.local!);
  const text = `In Fig. 4 of Li et al. (2022) the neighbourhood has ${percent(early.mean)} ± ${percent(early.sd)} at 10 cycles and ${percent(late.mean)} ± ${percent(late.sd)} at 50. The first state here beside the first there, the last beside the last:`;
  const head = ["", "Here", "Li et al. (2022)", "Asked of a reproduction", ""];
  return `<p>${escapeHtml(text)}</p>${htmlTable(head, rows)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
