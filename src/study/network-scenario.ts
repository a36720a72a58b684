import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { checkFile, type FileKind, fileKinds, headOf, writeOutput } from "../folder/output-file.js";
import { cardWords, type DatasetCard } from "../imaging/dataset-card.js";
import { type WholeParticles, wholeParticles } from "../network/whole-particles.js";
import { disk } from "../scenario/disk.js";
import { InputFault } from "../scenario/faults.js";
import { readDatasetCard } from "../scenario/imaging/dataset-card.js";
import { scenarioText } from "../scenario/network/scenario-text.js";
import { readParticleTable, writeParticleTable } from "../table/particle-table.js";

/** Bytes; larger tables are refused. */
const largestTable = 100_000_000;

/** How a table becomes a scenario. */
export interface NetworkScenarioOptions {
  /** Scenario file; the table's name with `-network.yaml` unless it is given. */
  readonly out?: string;
  /** Dataset card of the table; `card.yaml` beside it unless it is given. */
  readonly card?: string;
  /** Keep particles that the edge of the picture cuts, as what is seen of them. */
  readonly keepEdge?: boolean;
}

/**
 * Makes a network scenario of the whole particles in a particle table, with the table it uses beside it.
 * @returns what was taken and what was left out, and in words from where
 * @throws InputFault, OutputRefused, MachineFailure
 */
export function networkScenario(path: string, options: NetworkScenarioOptions) {
  const name = basename(path).replace(/\.[^.]*$/, "");
  const out = options.out ?? `${name}-network.yaml`;
  const table = `${basename(out).replace(/\.(ya?ml|json)$/i, "")}-particles.csv`;
  const beside = join(dirname(out), table);
  const inputs = [path, ...cardFileOf(path, options.card)];
  checkFile(out, fileKinds.networkScenario, inputs);
  checkFile(beside, tableOf(out, table), inputs);
  const bytes = disk.bytes(path, largestTable, "a particle table");
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { rows, whole } = taken(path, bytes, options.keepEdge);
  const covered = whole.from.Coverage !== undefined;
  const card = cardOfTable(path, options.card);
  const provenance = [...provenanceOf(path, sha256, rows, whole), ...cardLines(card)];
  writeOutput(beside, tableOf(out, table), inputs, writeParticleTable(whole.table));
  const scenario = scenarioText({ title: `Network of ${name}`, table, covered, provenance });
  writeOutput(out, fileKinds.networkScenario, inputs, scenario);
  return { scenario: out, table: beside, source: path, sha256, card, ...told(whole), provenance };
}

/** The table beside a scenario is the command's own when the scenario is, and names it. */
function tableOf(scenario: string, table: string): FileKind {
  const { command, wrote } = fileKinds.networkScenario;
  return {
    command,
    wrote: () => {
      const head = existsSync(scenario) ? headOf(scenario) : "";
      return wrote(head) && head.includes(`table: ${JSON.stringify(table)} `);
    },
  };
}

/** The card that was named, or the one that `segment` or `measure` has put beside the table. */
function cardFileOf(path: string, named: string | undefined): readonly string[] {
  const beside = join(dirname(path), "card.yaml");
  return named === undefined ? (existsSync(beside) ? [beside] : []) : [named];
}

/** @throws InputFault */
function cardOfTable(path: string, named: string | undefined): DatasetCard | null {
  const [file] = cardFileOf(path, named);
  return file === undefined ? null : readDatasetCard(file);
}

function cardLines(card: DatasetCard | null): string[] {
  return card === null ? [] : cardWords(card).map(([name, text]) => `${name}: ${text.replace(/\s+/g, " ")}`);
}

/** @throws InputFault for what is no table of particles. */
function taken(path: string, bytes: Uint8Array, keepEdge = false): { rows: number; whole: WholeParticles } {
  try {
    const table = readParticleTable(bytes);
    return { rows: table.rows, whole: wholeParticles(table, keepEdge) };
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    const found = "what is no table of particles";
    throw new InputFault([{ place: { file: path }, key: "", found, allowed: error.message }]);
  }
}

function told({ rows, from, leftOut }: WholeParticles) {
  return { particles: rows.length, columns: from, leftOut };
}

function provenanceOf(path: string, sha256: string, rows: number, whole: WholeParticles): string[] {
  const columns = Object.entries(whole.from).map(([own, name]) => (own === name ? own : `${own} (there ${name})`));
  const left = whole.leftOut.map(({ reason, rows: count }) => `${count} ${reason}`);
  return [
    `Particles of ${basename(path)}, SHA-256 ${sha256}.`,
    `${whole.rows.length} of its ${rows} rows are used${left.length > 0 ? `; left out: ${left.join(", ")}` : ""}.`,
    `Columns: ${columns.join(", ")}.`,
    "Particles are spheres of their radius where they were measured; measured ones are no spheres, so some overlap. Overlaps",
    "are kept: such particles count as touching, with no carbon/binder between them.",
  ];
}
