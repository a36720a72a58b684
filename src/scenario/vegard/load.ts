import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { usualVegard, type VegardSettings } from "../../inference/vegard/infer.js";
import type { ParticleMaps } from "../../inference/vegard/particle-maps.js";
import { type CrystalStiffness, crystals, isotropicCrystal } from "../../inference/vegard/stiffness.js";
import {
  type SyntheticParticle,
  type SyntheticSettings,
  syntheticParticles,
} from "../../inference/vegard/synthetic.js";
import { readDocumentFile } from "../document-file.js";
import { InputFault } from "../faults.js";
import { note } from "../reading.js";
import { type Alignment, readParticle } from "./particle.js";
import { type StackFile, stackFile } from "./schema.js";

/** Correlated pictures of particles, aligned, with all that the law is inferred from. */
export interface Stack {
  readonly title: string;
  readonly file: string;
  /** Every file that was read. */
  readonly inputs: readonly string[];
  readonly maps: readonly ParticleMaps[];
  /** Edge of a pixel of the strain maps, µm; null when nothing says it. */
  readonly pixelSize: number | null;
  readonly settings: VegardSettings;
  readonly alignments: readonly Alignment[];
  /** With made-up maps what they were made from. */
  readonly synthetic: { readonly settings: SyntheticSettings; readonly particles: readonly SyntheticParticle[] } | null;
}

/** The YAML file that a word on the command line means: itself, in a folder, or beside a picture. */
function stackPath(word: string): string {
  if (existsSync(word) && statSync(word).isDirectory()) return join(word, "stack.yaml");
  if (/\.(ya?ml|json)$/i.test(word)) return word;
  return [`${word}.yaml`, word.replace(/\.[^./]+$/, ".yaml")].find((path) => existsSync(path)) ?? `${word}.yaml`;
}

/**
 * Reads a stack's description and the pictures it names, or makes the maps it describes.
 * @throws InputFault, Unreadable or RangeError with what is wrong.
 */
export async function readStack(word: string, tell: (message: string) => void = () => {}): Promise<Stack> {
  const path = stackPath(word);
  const { said: file, reading } = readDocumentFile(path, stackFile, "stack");
  if ((file.particles === undefined) === (file.synthetic === undefined))
    note(reading, [], {
      found: file.particles ? "particles and synthetic" : "neither particles nor synthetic",
      allowed: "one of them: pictures of particles, or how to make some",
    });
  if (file.synthetic && file.boundary === "periodic")
    note(reading, ["boundary"], { allowed: "free for made-up particles" });
  const names = file.particles?.map(({ name }) => name) ?? [];
  for (const [k, name] of names.entries())
    if (names.indexOf(name) !== k) note(reading, ["particles", k, "name"], { allowed: "a name of its own" });
  if (reading.faults.length > 0) throw new InputFault(reading.faults);
  const settings = settingsOf(file);
  const common = { title: file.title ?? "Composition and strain", file: path, settings };
  if (file.synthetic) return { ...common, inputs: reading.files, ...made(file, settings, tell) };
  const read = [];
  for (const [k, particle] of file.particles!.entries()) {
    tell(`${particle.name}: reading …`);
    read.push(await readParticle(reading, k, particle, file));
  }
  return {
    ...common,
    inputs: reading.files,
    maps: read.map(({ maps }) => maps),
    pixelSize: read[0].pixelSize,
    alignments: read.flatMap(({ alignment }) => alignment ?? []),
    synthetic: null,
  };
}

function made(file: StackFile, settings: VegardSettings, tell: (message: string) => void) {
  const { law, displaced, ...rest } = file.synthetic!;
  const synthetic: SyntheticSettings = {
    ...rest,
    law: [law.first, law.second, law.shear],
    displaced: displaced ?? { x: 0, y: 0, angle: 0 },
  };
  const particles = syntheticParticles(synthetic, settings, tell);
  return {
    maps: particles.map(({ maps }) => maps),
    pixelSize: file.pixelSize === undefined ? null : file.pixelSize * 1e6,
    alignments: [],
    synthetic: { settings: synthetic, particles },
  };
}

function settingsOf(file: StackFile): VegardSettings {
  const ends = "empty" in Object(file.stiffness) ? (file.stiffness as Ends) : both(file.stiffness as Material);
  return {
    ...usualVegard,
    boundary: file.boundary,
    state: file.state,
    axes: file.axes,
    components: file.shear ? 3 : 2,
    empty: crystalOf(ends.empty),
    full: crystalOf(ends.full),
    reference: file.reference,
    compositionNoise: file.compositionNoise,
    ...(file.heldOut !== undefined && { heldOut: file.heldOut }),
  };
}

type Ends = Extract<StackFile["stiffness"], { readonly empty: unknown }>;
type Material = Ends["empty"];

const both = (material: Material): Ends => ({ empty: material, full: material });

/** GPa */
function crystalOf(material: Material): CrystalStiffness {
  if (typeof material === "string") return crystals[material];
  if ("youngModulus" in material) return isotropicCrystal(material.youngModulus / 1e9, material.poissonRatio);
  return Object.fromEntries(Object.entries(material).map(([k, v]) => [k, v / 1e9])) as unknown as CrystalStiffness;
}
