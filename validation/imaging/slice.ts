import { measure } from "../../src/imaging/attribute/measure.js";
import { atLevel } from "../../src/imaging/filter/thresholding.js";
import { matterMap, usualMatter } from "../../src/imaging/matter/matter-map.js";
import { compactLabels } from "../../src/imaging/segmentation/label-import.js";
import { type Matching, matching } from "../../src/imaging/segmentation/matching.js";
import { segment, usualSegment } from "../../src/imaging/segmentation/segment.js";
import { readPicture, readVolume } from "../../src/imaging/volume/files.js";
import { spearman } from "../../src/statistics/correlation.js";
import { columnOf, type ParticleTable } from "../../src/table/particle-table.js";
import { measuredFile } from "../measured-data.js";

/** µm; the true size is not stated, 252 or 177 nm by the two scans. The default knows no length of its own. */
export const pixel = 0.252;

export interface LabelledSlice {
  readonly picture: string;
  readonly labels: string;
}

/** The nano-tomography slice with 142 particles drawn by hand, or null where it is absent. */
export function labelledSlice(): LabelledSlice | null {
  const picture = measuredFile("esrf_nmc_slice_gt", "raw_812x812_u8.tif");
  const labels = measuredFile("esrf_nmc_slice_gt", "gt_labels_812x812_u16.tif");
  return picture === null || labels === null ? null : { picture, labels };
}

/** The default against the labels. */
export async function cutSlice({ picture, labels }: LabelledSlice): Promise<Matching> {
  const volume = await readVolume(picture, [pixel, pixel, pixel]);
  const truth = await readPicture(labels);
  return matching(truth.data, segment(volume, usualSegment).labels.data)[0];
}

/** Both registers of the particles drawn by hand: threshold half-way between background and particle, rim of 3 pixels. */
export async function measureSlice({ picture, labels }: LabelledSlice): Promise<ParticleTable> {
  const volume = await readVolume(picture, [pixel, pixel, pixel]);
  const drawn = compactLabels((await readPicture(labels)).data);
  const { matter } = matterMap(volume, { ...usualMatter, threshold: atLevel(133.5) });
  const { shape, voxelSize, data } = volume;
  const specimen = { shape, voxelSize, labels: drawn.data, count: drawn.count, matter, grey: data };
  return measure(specimen, { register: "both", rim: 3 * pixel }).particles;
}

/** Spearman's rank correlation of two columns. */
export function columnsCorrelate(table: ParticleTable, a: string, b: string): number {
  return spearman(columnOf(table, a), columnOf(table, b));
}
