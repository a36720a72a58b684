import { join } from "node:path";
import { writeAtomically } from "../../folder/atomic-file.js";
import { inFolder } from "../../folder/claim-folder.js";
import { folderKinds } from "../../folder/folder-kind.js";
import { writeTiff } from "../../imaging/volume/tiff-writer.js";
import { volume } from "../../imaging/volume/volume.js";
import type { Stack } from "../../scenario/vegard/load.js";
import { stackText } from "../../scenario/vegard/stack-text.js";
import { InputRefused } from "../input-refused.js";

/**
 * Writes made-up maps as pictures: one stack a particle, a second one where the composition is displaced, and the description.
 * @throws InputRefused for pictures, OutputRefused, MachineFailure
 */
export async function saveStack(folder: string, stack: Stack): Promise<void> {
  const { synthetic } = stack;
  if (!synthetic) throw new InputRefused("--save-stack: found pictures in the stack; it writes made-up maps.");
  await inFolder(folder, folderKinds.stack, { inputs: stack.inputs }, () => writeStack(folder, stack, synthetic));
}

function writeStack(folder: string, stack: Stack, synthetic: NonNullable<Stack["synthetic"]>): void {
  const size = stack.pixelSize ?? 1;
  const write = (
    name: string,
    pages: readonly (Float64Array | Uint8Array)[],
    [width, height]: readonly [number, number],
  ) => {
    const data = new Float32Array(pages.length * width * height);
    for (const [k, page] of pages.entries()) data.set(page, k * width * height);
    writeTiff(join(folder, name), volume(data, [pages.length, height, width], [size, size, size]));
  };
  const apart = synthetic.settings.displaced;
  const displaced = apart.x !== 0 || apart.y !== 0 || apart.angle !== 0;
  for (const { maps, displaced: other } of synthetic.particles) {
    const { width, height } = maps.grid;
    const page = (c: number) => maps.strain.subarray(c * width * height, (c + 1) * width * height);
    const own = displaced ? [] : [maps.composition];
    write(`${maps.name}.tif`, [...own, page(0), page(1), page(2), maps.mask], [width, height]);
    if (displaced) write(`${maps.name}-composition.tif`, [other.composition, other.mask], [width, height]);
  }
  writeAtomically(join(folder, "stack.yaml"), stackText(stack, displaced));
}
