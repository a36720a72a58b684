import { chosenPlane, type PlaneChoice } from "./axes.js";
import type { TiffPage } from "./tiff-page.js";
import type { TiffDescription } from "./tiff-scale.js";
import { Unreadable } from "./unreadable.js";

/** Which pages are the slices of a volume. */
export interface TiffPlanes {
  /** Index of the page of each slice; of its place behind the first page where all lie there. */
  readonly pages: readonly number[];
  /** Whether all planes lie behind one another under the directory of the first page. */
  readonly behind: boolean;
  /** Which sample of a pixel, from 0. */
  readonly sample: number;
  /** What to say of the choice in the provenance. */
  readonly note: string | null;
}

/** What a file holds, before its slices are found. */
export interface TiffContent {
  readonly path: string;
  readonly description: TiffDescription;
  /** Number of pages. */
  readonly pages: number;
  /** The first of them. */
  readonly page: TiffPage;
}

/**
 * Which of several numbers of a pixel is read.
 * @throws Unreadable when none is chosen, and for colours that are no red, green and blue
 */
export function sampleOf(path: string, { samples, photometric }: TiffPage, { channel }: PlaneChoice) {
  if (samples > 1 && photometric > 2)
    throw new Unreadable(
      path,
      `found a colour picture (${samples} samples a pixel, PhotometricInterpretation ${photometric}); one grey or label channel is allowed. Convert it: in ImageJ Image > Type > 8-bit.`,
    );
  if (samples > 1 && photometric === 2 && channel === undefined)
    throw new Unreadable(
      path,
      `found a colour picture (red, green, blue); one grey or label channel is allowed. Convert it, in ImageJ by Image > Type > 8-bit, or take one of its ${samples} channels: --channel 1 to --channel ${samples}.`,
    );
  const sample = chosenPlane(path, "channel", samples, channel);
  return { sample, note: samples > 1 ? `channel ${sample + 1} of ${samples}` : null };
}
