import { join } from "node:path";
import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { measureSteps, usualMeasure } from "../../imaging/attribute/measure.js";
import { storedInterfaces, storedShares } from "../../imaging/matter/phases.js";
import { type StoredMatter, storedMatter } from "../../imaging/matter/stored-matter.js";
import type { FieldWork } from "../../imaging/morphology/field-work.js";
import type { StoredLabels } from "../../imaging/segmentation/particles.js";
import { type SegmentSettings, segmentSteps } from "../../imaging/segmentation/segment.js";
import { stage } from "../../imaging/steps/steps.js";
import { inMemory } from "../../imaging/volume/store.js";
import { type StoredPicture, wholeVolume } from "../../imaging/volume/stored-picture.js";
import { writeSlices } from "../../imaging/volume/tiff-writer.js";
import { voxelCount } from "../../imaging/volume/volume.js";
import type { Backend } from "../../result/manifest.js";
import { interiorCount, type OwnSummary, writeParticleFolder } from "../../result/particle-folder.js";
import type { BackendRequest } from "../backend.js";
import { asInput } from "../input-refused.js";
import { cardFileOf, type PictureAsked, type StoredDataset, storedDataset } from "./dataset.js";
import { openFields } from "./field-computing.js";
import { type ImagingWatch, type ImagingWork, imagingWork } from "./imaging-work.js";
import { type KeptResults, keptResults } from "./kept-results.js";
import { matterWords } from "./matter-words.js";
import type { RoomAsked } from "./room.js";
import { filesOfViews, particlesOfViews, type ViewsSeen, writeViews } from "./views.js";

/** A tomogram whose particles are to be found. */
export interface Segmenting {
  readonly picture: PictureAsked;
  readonly settings: SegmentSettings;
  /** Null where particles are told by the necks between them. */
  readonly views: ViewsSeen | null;
  /** What computes distances. */
  readonly backend: BackendRequest;
  readonly room: RoomAsked;
  /** For the results. */
  readonly folder: string;
  /** Writes the page about the folder. */
  readonly page?: (folder: string) => Promise<void>;
}

/** The stages, in their order. */
export function segmentStages({ closing = 0 }: Pick<SegmentSettings, "closing">): readonly string[] {
  const [before, after] = closing > 0 ? [["cracks", "scale"], ["cracks of each particle"]] : [[], []];
  const found = ["reading", "active material", "scale", ...before, "voids", "particles", ...after];
  return [...found, "labels", "phases", "interfaces", "attributes", "report"];
}

/**
 * Finds the particles in a tomogram and measures them, into a folder.
 * @returns what `summary.json` says
 * @throws InputRefused, InputFault, OutputRefused; StoppedKeeping after the signal; MachineFailure
 */
export async function segment(asked: Segmenting, watch: ImagingWatch) {
  return intoFolder(asked, watch, (work, kept) => findAndMeasure(asked, work, kept));
}

/**
 * Writes a tomogram as stacks of slices along views, such as `xz.tif`, into a folder.
 * @param names of views
 * @returns the files
 * @throws as `segment`
 */
export async function reslice(asked: Segmenting, names: readonly string[], watch: ImagingWatch): Promise<string[]> {
  return intoFolder(asked, watch, async (work, kept) => {
    const { picture } = await storedDataset(asked.picture, work);
    return asInput(() => writeViews(wholeVolume(picture), names, kept.folder()));
  });
}

function intoFolder<T>(
  { picture: { path, card }, views, room, folder }: Segmenting,
  watch: ImagingWatch,
  work: (tools: ImagingWork, kept: KeptResults) => Promise<T>,
): Promise<T> {
  const inputs = [path, ...cardFileOf(path, card), ...(views === null ? [] : filesOfViews(views))];
  return inFolder(folder, folderKinds.segment, { inputs }, (own) => {
    const kept = keptResults(own, folderKinds.segment);
    return imagingWork(room, own, watch, (tools) => work(tools, kept)).catch(kept.failed);
  });
}

async function findAndMeasure(asked: Segmenting, work: ImagingWork, kept: KeptResults) {
  const dataset = await storedDataset(asked.picture, work);
  const { picture } = dataset;
  const { shape, voxelSize } = picture;
  const fields = await openFields(asked.backend, voxelCount(shape));
  const { labels, map, used } = await particlesIn(picture, asked, work, fields.work).finally(fields.close);
  work.tables(shape, picture.data.type, labels.count);
  const about = {
    source: picture.provenance,
    voxelSize,
    shape,
    particles: labels.count,
    backend: fields.backend(),
    settings: { ...matterWords(asked.settings), ...used },
  };
  await work.steps(writeLabels(kept.folder(), picture, labels));
  kept.finish("labels", about);
  const phases = map.phases === null ? noPhases : await work.steps(countPhases(picture, map.phases, work.slab));
  kept.finish("phases", phases);
  return measured(asked, dataset, { labels, map }, work, { about, phases });
}

/** What is known of a segmentation before its particles are measured. */
interface Known {
  readonly about: Pick<OwnSummary, "source" | "voxelSize" | "shape" | "particles"> & {
    readonly backend: Backend;
    readonly settings: Readonly<Record<string, unknown>>;
  };
  readonly phases: { readonly phases: readonly object[]; readonly interfaces: readonly object[] };
}

async function measured(
  { folder, page }: Segmenting,
  dataset: StoredDataset,
  { labels, map }: { readonly labels: StoredLabels; readonly map: StoredMatter },
  work: ImagingWork,
  { about, phases }: Known,
) {
  const { shape, voxelSize, data } = dataset.picture;
  const grey = map.phases === null ? data : null;
  const specimen = { shape, voxelSize, labels: labels.data, count: labels.count, matter: map.matter, grey };
  const found = await work.steps(stage("attributes", measureSteps(specimen, usualMeasure, work.scratch, work.slab)));
  const result = { ...dataset, ...found, labels: labels.data, radial: null };
  const { settings, ...rest } = about;
  const own = {
    status: "done" as const,
    ...rest,
    ...phases,
    interiorParticles: interiorCount(found.particles),
    settings,
  };
  return work.stage("report", async () => {
    const summary = writeParticleFolder(folder, result, own);
    await page?.(folder);
    return summary;
  });
}

/** Particles by the necks between them, or by what was seen of views. */
async function particlesIn(
  picture: StoredPicture,
  { settings, views }: Segmenting,
  { steps, stage: alone, scratch, slab }: ImagingWork,
  fields: FieldWork,
): Promise<{ labels: StoredLabels; map: StoredMatter; used: object }> {
  if (views === null) {
    const { labels, map, settings: used } = await steps(segmentSteps(picture, settings, scratch, slab, fields));
    return { labels, map, used };
  }
  const volume = wholeVolume(picture);
  const viewed = await alone("views", () => particlesOfViews(volume, views, settings));
  const map = await steps(stage("active material", storedMatter(picture, settings, scratch, slab)));
  const { data, count } = viewed.labels;
  return { labels: { data: inMemory(data, picture.shape), count }, map, used: viewed.settings };
}

const noPhases = { phases: [], interfaces: [] } as const;

function* countPhases(picture: StoredPicture, values: readonly number[], slab: number) {
  const phases = yield* stage("phases", storedShares(picture.data, values, slab));
  const interfaces = yield* stage("interfaces", storedInterfaces(picture, values, slab));
  return { phases, interfaces };
}

/** Writes `labels.tif`, in 16 bits where they fit. */
function writeLabels(folder: string, { shape, voxelSize }: StoredPicture, { data, count }: StoredLabels) {
  const narrow = count < 65_536;
  const slice = (z: number) => (narrow ? Uint16Array.from(data.slices(z, 1)) : data.slices(z, 1));
  const stack = { shape, voxelSize, type: narrow ? "u16" : "i32" } as const;
  return stage("labels", writeSlices(join(folder, "labels.tif"), stack, slice));
}
