import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { throwPassing } from "../folder/machine-failure.js";
import { fileText } from "../folder/read-file.js";
import { type Part, paced } from "../imaging/steps/steps.js";
import { type CompareSettings, compareSteps } from "../inference/compare/compare.js";
import { likeColumns } from "../inference/compare/like-columns.js";
import { measuredParticles, type ParticleSettings } from "../inference/compare/measured-particles.js";
import { type CompareRecord, compareRecord, type Provenance } from "../inference/compare/record.js";
import { writeComparison } from "../result/compare-folder.js";
import { particleFiles } from "../result/result-files.js";
import { version } from "../scenario/version.js";
import { isFolder, type ParticleState, tableFile, tellingFile } from "./particle-states.js";

/** Particle tables that are to be compared. */
export interface Comparing {
  readonly states: readonly ParticleState[];
  /** As they were given. */
  readonly paths: readonly string[];
  readonly settings: CompareSettings & ParticleSettings;
  /** For the results. */
  readonly folder: string;
  /** Writes the page about the folder. */
  readonly page?: (folder: string) => Promise<void>;
}

/**
 * Compares one column of particle tables, into a folder.
 * @returns what `compare.json` says
 * @throws InputRefused, OutputRefused; Stopped after the signal; MachineFailure
 */
export async function compareTables(
  { states, paths, settings, folder, page }: Comparing,
  signal: AbortSignal,
  told: (part: Part) => void,
): Promise<CompareRecord> {
  const inputs = states.map(({ path }) => tableFile(path));
  return inFolder(folder, folderKinds.compare, { inputs }, async () => {
    const like = tellingFile(paths.join(", "), () => likeColumns(states, settings.column, settings.ranks ?? false));
    const particles = states.map(({ name, path, table }, k) => {
      const { name: column, factor } = like.columns[k];
      return tellingFile(path, () => measuredParticles(name, table, { ...settings, column, factor }));
    });
    const comparison = await paced(compareSteps(particles, settings), signal, told);
    const provenance = states.map(({ path }) => provenanceOf(path));
    const named = new Set(like.columns.map(({ name }) => name)).size === 1;
    const shown = named ? { ...settings, column: like.columns[0].name } : settings;
    const record = compareRecord(comparison, particles, provenance, shown, version(), like);
    writeComparison(folder, record);
    await page?.(folder);
    return record;
  });
}

/** How a table was measured, from the `summary.json` in its folder; nothing where there is none. */
function provenanceOf(path: string): Provenance {
  const folder = isFolder(path) ? path : dirname(path);
  const file = join(folder, particleFiles.summary);
  if (!existsSync(file)) return { voxelSize: null, closing: null };
  try {
    const summary = JSON.parse(fileText(file)) as Record<string, unknown>;
    const settings = (summary.settings ?? {}) as Record<string, unknown>;
    const shown = (value: unknown) =>
      value === undefined ? null : typeof value === "string" ? value : JSON.stringify(value);
    return { voxelSize: shown(summary.voxelSize), closing: shown(settings.closing ?? settings.closingRadius) };
  } catch (error) {
    throwPassing("Reading", file, error);
    return { voxelSize: `unreadable: ${file}`, closing: null };
  }
}
