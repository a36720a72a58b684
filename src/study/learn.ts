import { setImmediate as breath } from "node:timers/promises";
import { inFolder } from "../folder/claim-folder.js";
import { folderKinds } from "../folder/folder-kind.js";
import { Stopped } from "../imaging/steps/steps.js";
import type { Encoded } from "../inference/autoencoder/autoencoder.js";
import { likeColumns } from "../inference/compare/like-columns.js";
import { attributeOf } from "../inference/forest/samples.js";
import type { PresetName } from "../inference/forest/settings.js";
import { explainOnce } from "../inference/learn/contribution.js";
import { type Crew, crewOf } from "../inference/learn/crew.js";
import { type Learned, type LearnSettings, learnTable } from "../inference/learn/learn.js";
import { type LearnRecord, learnRecord } from "../inference/learn/record.js";
import { MissingPackage } from "../kernel/optional-package.js";
import { type ShapValues, writeLearned } from "../result/learn-folder.js";
import { version } from "../scenario/version.js";
import type { ParticleTable } from "../table/particle-table.js";
import { namingFile, type ParticleState, tableFile, tellingFile } from "./particle-states.js";

/** Particle tables of which is to be learned what drives a column. */
export interface Learning {
  /** The earliest first. */
  readonly states: readonly ParticleState[];
  /** As they were given. */
  readonly paths: readonly string[];
  readonly settings: LearnSettings;
  readonly preset: PresetName;
  /** Latent numbers of the autoencoder; 0 for none. */
  readonly latent: number;
  /** Threads that grow forests; the results are the same for any number. */
  readonly jobs: number;
  /** For the results. */
  readonly folder: string;
  /** Writes the page about the folder. */
  readonly page?: (folder: string) => Promise<void>;
}

/** Who watches learning. */
export interface LearnWatch {
  readonly signal: AbortSignal;
  /** How far it has come; what it throws ends the work. */
  readonly tell: (message: string) => void;
  /** Sentences for a person. */
  readonly say: (text: string) => void;
}

/**
 * Learns which attributes drive a column, into a folder.
 * @returns what `learn.json` says
 * @throws InputRefused, OutputRefused; Stopped after the signal; MachineFailure
 */
export async function learnFromTables(asked: Learning, { signal, tell, say }: LearnWatch): Promise<LearnRecord> {
  const { states, paths, settings, folder, preset, page } = asked;
  const inputs = states.map(({ path }) => tableFile(path));
  return inFolder(folder, folderKinds.learn, { inputs }, async () => {
    const { columns, notes } = tellingFile(paths.join(", "), () =>
      likeColumns(states, settings.target, settings.ranks ?? false),
    );
    for (const note of notes) say(note);
    const targets = columns.map(({ name }) => name);
    const learned = await learnStates(states, targets, settings, asked.jobs, tell, signal);
    const encoded = await encodeTables(learned, asked, tell);
    const target = new Set(targets).size === 1 ? targets[0] : settings.target;
    const record = learnRecord(learned, { ...settings, target, preset }, version(), encoded);
    const shap = learned.map((each, k) =>
      each.ranking.refusal === null ? shapOf(each, states[k].table, settings) : null,
    );
    writeLearned(folder, record, shap);
    await page?.(folder);
    return record;
  });
}

async function learnStates(
  states: readonly ParticleState[],
  targets: readonly string[],
  settings: LearnSettings,
  jobs: number,
  tell: (message: string) => void,
  signal: AbortSignal,
): Promise<Learned[]> {
  const crew = leaving(crewOf(jobs), signal);
  const learned: Learned[] = [];
  try {
    for (const [k, { name, path, table }] of states.entries())
      learned.push(
        await learnTable(name, table, { ...settings, target: targets[k] }, tell, crew).catch((error) => {
          throw namingFile(path, error);
        }),
      );
  } finally {
    await crew.close();
  }
  return learned;
}

/** Asks between pieces of work whether there is to be another. */
function leaving(crew: Crew, signal: AbortSignal): Crew {
  return {
    all: async (...work) => {
      await breath();
      if (signal.aborted) throw new Stopped("forests");
      return crew.all(...work);
    },
    close: () => crew.close(),
  };
}

/** An autoencoder of each table; TensorFlow.js is loaded only when one is asked for. */
async function encodeTables(
  learned: readonly Learned[],
  { latent, settings: { seed } }: Learning,
  tell: (message: string) => void,
) {
  if (latent === 0) return learned.map(() => null);
  const { loadTensorFlow } = await import("../inference/autoencoder/tensorflow.js");
  const { autoencoderDefaults, encode } = await import("../inference/autoencoder/autoencoder.js");
  const loaded = await loadTensorFlow().catch((error) => {
    if (!(error instanceof MissingPackage)) throw error;
    tell(`No latent numbers: ${error.message}`);
  });
  if (!loaded) return learned.map(() => null);
  const encoded: Encoded[] = [];
  for (const { name, samples } of learned) {
    tell(`${name}: autoencoder on ${loaded.backend}`);
    const size = Math.min(latent, samples.names.length);
    encoded.push(await encode(loaded, samples, { ...autoencoderDefaults, latent: size, seed }));
  }
  return encoded;
}

/** SHAP values of the forest with the first seed and the attributes they are of. */
function shapOf({ samples, rows }: Learned, table: ParticleTable, settings: LearnSettings): ShapValues {
  const ids = table.columns.get("Particle");
  const { values, names, base } = explainOnce(samples, settings, settings.seed);
  const particle = Array.from(rows, (row) => (ids ? ids[row] : row + 1));
  return { names, particle, base, values, attributes: names.map((name) => attributeOf(samples, name)) };
}
