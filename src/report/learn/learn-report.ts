import { writeAtomically } from "../../folder/atomic-file.js";
import type { Difference } from "../../inference/learn/difference.js";
import { headline } from "../../inference/learn/headline.js";
import type { LearnRecord, RankingRecord, TableRecord } from "../../inference/learn/record.js";
import { readLearned, type ShapTable } from "../../result/learn-folder.js";
import { figures } from "../../words/numbers.js";
import { entriesSection } from "../entries.js";
import { escapeHtml, htmlTable, section } from "../html.js";
import { page } from "../page.js";
import { type Drawing, renderPanels } from "../render.js";
import { alikeSets } from "./alike-sets.js";
import { attributeBars } from "./attribute-bars.js";
import { beeswarm } from "./beeswarm.js";
import { correlationCircle } from "./correlation-circle.js";
import { differenceBars } from "./difference-bars.js";
import { pearsonScatter } from "./pearson-scatter.js";
import { shares } from "./shares.js";

/**
 * Writes one self-contained page about what was learned in a folder.
 * @param out path of the HTML file.
 * @throws Error when `learn.json` is missing or broken.
 */
export async function buildLearnReport(folder: string, out: string): Promise<void> {
  const { record, shap } = readLearned(folder);
  writeAtomically(out, await learnPage(record, shap));
}

/**
 * The page from what was learned.
 * @param values SHAP values and attributes by particle. [table]
 */
export async function learnPage(record: LearnRecord, values: readonly (ShapTable | null)[]): Promise<string> {
  const { tables, target, settings } = record;
  const facts = `${tables.map(({ name, rows }) => `${name}: ${rows} particles`).join("; ")}; preset ${settings.preset}, ${settings.shap} SHAP values`;
  return page(`What drives ${target}`, facts, [
    answer(record),
    scoreTable(tables),
    await contributions(record, values),
    await shares(record),
    await changes(record),
    leaks(tables),
    alikeSets(tables),
    await pearsonSection(record),
    await latentSection(record),
    controls(tables),
    leftOut(tables),
    definitions(record),
  ]);
}

function answer({ tables, target }: LearnRecord): string {
  const sentences = tables.map((table) => `${table.name}: ${headline(table, target)}`);
  const warned = tables.flatMap(({ name, leakage }) =>
    leakage.filter(({ warns }) => warns).map(({ attribute, rho }) => `${attribute} (${name}, ρ ${figures(rho)})`),
  );
  const warning =
    warned.length === 0
      ? ""
      : `<p class="warning">As good as ${escapeHtml(target)} itself, so that they explain nothing: ${escapeHtml(warned.join(", "))}. Read the ranking without leaks.</p>`;
  return sentences.map((sentence) => `<p class="lead">${escapeHtml(sentence)}</p>`).join("\n") + warning;
}

function scoreTable(tables: readonly TableRecord[]): string {
  const row = (name: string, ranking: RankingRecord) => {
    const { scores, stability, stabilityAboveNoise, setStability, additivityError } = ranking;
    return [
      escapeHtml(name),
      figures(scores.r2),
      figures(scores.mae),
      figures(scores.maeOfNothing),
      figures(scores.outOfBagR2),
      figures(scores.outOfBagMae),
      figures(stability),
      figures(stabilityAboveNoise),
      figures(setStability),
      figures(additivityError, 2),
    ];
  };
  const rows = tables.flatMap((table) => [
    row(table.name, table),
    ...(table.leakFree ? [row(`${table.name}, without leaks`, table.leakFree)] : []),
  ]);
  const head = [
    "",
    "R², 5 folds",
    "MAE",
    "MAE of the median",
    "R², out of bag",
    "MAE, out of bag",
    "Rank stability",
    "– above noise",
    "– alike as one",
    "Additivity error",
  ];
  return section("scores", "How well it is predicted", htmlTable(head, rows));
}

async function contributions({ tables, target }: LearnRecord, values: readonly (ShapTable | null)[]): Promise<string> {
  const drawings = tables.flatMap((table, k) => {
    const name = escapeHtml(table.name);
    const drawing = (ranking: RankingRecord, id: string, which: string): Drawing[] => {
      if (ranking.refusal !== null) return [];
      const caption = `<b>${name}</b>, ${which}. Dashed: what noise reaches; no order is to be read below it.`;
      return [{ name: id, caption, spec: attributeBars(ranking, target) }];
    };
    const swarm = (own: ShapTable): Drawing => ({
      name: `swarm-${k + 1}`,
      caption: `<b>${name}</b>, particle by particle: right of the line an attribute raises ${escapeHtml(target)}; blue where the attribute is small, red where it is large.`,
      spec: beeswarm(table, own, target),
    });
    return [
      ...drawing(table, `attributes-${k + 1}`, "all attributes"),
      ...(table.refusal === null && values[k] ? [swarm(values[k])] : []),
      ...(table.leakFree ? drawing(table.leakFree, `attributes-${k + 1}-leak-free`, "without leaks") : []),
    ];
  });
  const refused = tables
    .filter(({ refusal }) => refusal !== null)
    .map(({ name, refusal }) => `<p class="warning">${escapeHtml(`${name}: ${refusal}`)}</p>`);
  return section("contributions", "Contribution of each attribute", ...refused, await renderPanels(drawings));
}

async function changes({ difference, leakFreeDifference }: LearnRecord): Promise<string> {
  const drawings: Drawing[] = [];
  const words: string[] = [];
  const add = (found: Difference | null, name: string, which: string) => {
    if (!found) return;
    drawings.push({
      name,
      caption: `${which}; lines: one standard deviation over the runs.`,
      spec: differenceBars(found),
    });
    const apart = found.apart.length === 0 ? "no group" : found.apart.join(", ");
    words.push(
      `${which}: bands of 95 % are apart for ${apart}; rank agreement of the two states ${figures(found.rankAgreement)}.`,
    );
  };
  add(difference, "difference", "All attributes");
  add(leakFreeDifference, "difference-leak-free", "Without leaks");
  const text = words.map((line) => `<p>${escapeHtml(line)}</p>`);
  return section("difference", "From the first state to the last", ...text, await renderPanels(drawings));
}

function leaks(tables: readonly TableRecord[]): string {
  const rows = tables.flatMap(({ name, leakage }) =>
    leakage.map(({ attribute, rho, reason, warns, leftOut }) => [
      escapeHtml(attribute),
      escapeHtml(name),
      warns ? `<span class="verdict fails">${figures(rho)}</span>` : figures(rho),
      escapeHtml(reason),
      leftOut ? "left out" : "kept",
    ]),
  );
  if (rows.length === 0) return "";
  const text =
    "<p>Attributes that may hold the target in their own definition. Above |ρ| 0.8 they are the target by another name.</p>";
  return section(
    "leakage",
    "Leakage audit",
    text,
    htmlTable(["Attribute", "State", "Spearman's ρ with the target", "How", "Without leaks"], rows),
  );
}

async function pearsonSection({ tables, target }: LearnRecord): Promise<string> {
  const drawings = tables.flatMap((table, k) =>
    table.refusal === null
      ? [{ name: `pearson-${k + 1}`, caption: `<b>${escapeHtml(table.name)}</b>`, spec: pearsonScatter(table, target) }]
      : [],
  );
  return section("pearson", "Beside plain correlation", await renderPanels(drawings));
}

async function latentSection({ tables, target }: LearnRecord): Promise<string> {
  const known = tables.flatMap(({ name, autoencoder }, k) => (autoencoder ? [{ name, autoencoder, k }] : []));
  const rows = known.map(({ name, autoencoder: { latent, r2, principalR2, backend } }) => [
    escapeHtml(name),
    String(latent),
    figures(r2),
    figures(principalR2),
    escapeHtml(backend),
  ]);
  if (rows.length === 0) return "";
  const drawings = known
    .filter(({ autoencoder }) => autoencoder.latent >= 2)
    .map(({ name, autoencoder, k }) => ({
      name: `latent-${k + 1}`,
      caption: `<b>${escapeHtml(name)}</b>; cross: ${escapeHtml(target)}, which the autoencoder does not see.`,
      spec: correlationCircle(autoencoder, target),
    }));
  const text =
    "<p>The attributes squeezed into few numbers and spread out again, beside as many principal components.</p>";
  const head = ["State", "Latent numbers", "R², autoencoder", "R², principal components", "Backend"];
  return section(
    "latent",
    "What the attributes have in common",
    text,
    htmlTable(head, rows),
    await renderPanels(drawings),
  );
}

function controls(tables: readonly TableRecord[]): string {
  const verdict = (holds: boolean) =>
    `<span class="verdict ${holds ? "holds" : "fails"}">${holds ? "holds" : "fails"}</span>`;
  const rows = tables.flatMap(({ name, controls: { permuted, planted } }) => [
    [
      escapeHtml(name),
      "target permuted",
      `R² ${permuted.r2.map((r2) => figures(r2, 2)).join(", ")}`,
      verdict(permuted.holds),
    ],
    ...planted.map(({ attribute, found, holds }) => [
      escapeHtml(name),
      `planted: ${escapeHtml(attribute)}`,
      `first: ${escapeHtml(found)}`,
      verdict(holds),
    ]),
  ]);
  const text =
    "<p>With the target dealt out at random nothing may be predicted. With a target made from one attribute and as much noise, that attribute, or one that tells the same, must come first.</p>";
  return section("controls", "Controls", text, htmlTable(["State", "Control", "Found", ""], rows));
}

function leftOut(tables: readonly TableRecord[]): string {
  const rows = tables.flatMap(({ name, left }) =>
    left.map((each) => [escapeHtml(each.name), escapeHtml(name), escapeHtml(each.reason)]),
  );
  const notes = tables.flatMap(({ name, notes }) => notes.map((note) => `<li>${escapeHtml(`${name}: ${note}`)}</li>`));
  const list = notes.length === 0 ? "" : `<ul>${notes.join("")}</ul>`;
  return section("left-out", "Left out", list, rows.length === 0 ? "" : htmlTable(["Column", "State", "Why"], rows));
}

function definitions({ settings, version }: LearnRecord): string {
  const { forest, seed, seeds, subsamples, subsampleRows } = settings;
  const rows = [
    [
      "Forest",
      `${forest.trees} trees, ${forest.criterion}, at most ${forest.maxLeaves ?? "any number of"} leaves, ${tried(forest.attributesPerSplit)} tried at a node`,
    ],
    [
      "Runs",
      `${seeds} seeds from ${seed} on all rows; ${subsamples} draws of ${subsampleRows} rows, or of half of them where there are fewer than twice as many`,
    ],
    [
      "Contribution",
      "mean |SHAP| over the rows of a run, in units of the target; mean, standard deviation and 95 % band over the runs",
    ],
    [
      "Noise",
      "dashed line: the largest mean |SHAP| of copies of the attributes whose rows were exchanged, in forests that have both (Kursa and Rudnicki, J. Stat. Softw. 36, 11 (2010))",
    ],
    [
      "Rank stability",
      "median Spearman's ρ between the contributions of two runs; above noise: with attributes below the dashed line taken as equal; alike as one: between sets of attributes",
    ],
    ["Refusal", "below R² 0.1 nothing is ranked"],
    [
      "Sources",
      "Breiman, Mach. Learn. 45, 5 (2001); Lundberg et al., Nat. Mach. Intell. 2, 56 (2020); Li et al., Science 376, 517 (2022)",
    ],
    ["Version", version],
  ];
  return entriesSection("definitions", "Definitions and settings", rows);
}

function tried(attributes: LearnRecord["settings"]["forest"]["attributesPerSplit"]): string {
  const shares = { all: "all attributes", half: "half of the attributes", third: "a third of the attributes" };
  if (attributes === "sqrt") return "the square root of the attributes";
  return typeof attributes === "number" ? `${attributes} attributes` : shares[attributes];
}
