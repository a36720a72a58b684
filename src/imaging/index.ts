/**
 * `synchrode/imaging`: volumes and pictures of other programs, particles in them, and their attributes. Voxels are `[z][y][x]`, voxel
 * sizes in m.
 */

export { type Measured, type MeasureSettings, measure, type Register, usualMeasure } from "./attribute/measure.js";
export type { Filter, FittedFilter, Grey } from "./filter/filter.js";
export type { Histogram } from "./filter/histogram.js";
export type { Thresholding } from "./filter/thresholding.js";
export type { MatterMap } from "./matter/matter-map.js";
export type { Specimen } from "./matter/specimen.js";
export type { Ball } from "./phantom/balls.js";
export type { Cap, Crack, Hollow } from "./phantom/phantom.js";
export { type ParticleTruth, type Phantom, type PhantomParts, phantom } from "./phantom/phantom.js";
export type { Labels } from "./segmentation/particles.js";
export type { Stage, UsedSettings } from "./segmentation/segment.js";
export { type Segmentation, type SegmentSettings, segment, usualSegment } from "./segmentation/segment.js";
export type { Awaited, Strides } from "./steps/steps.js";
export { readPicture, readVolume } from "./volume/files.js";
export type { Levels, RawLayout, Reading } from "./volume/format.js";
export type { PageMaker } from "./volume/pages.js";
export type { StackOf } from "./volume/tiff-writer.js";
export { type TiffSettings, writeSlices, writeTiff } from "./volume/tiff-writer.js";
export { Unreadable } from "./volume/unreadable.js";
export type { Picture, Shape, Volume, VoxelSize, Voxels, VoxelType } from "./volume/volume.js";
