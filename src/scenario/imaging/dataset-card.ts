/** Dataset cards: what a tomogram is of, in a YAML file that travels with its results. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";
import type { DatasetCard } from "../../imaging/dataset-card.js";
import type { VoxelSize } from "../../imaging/volume/volume.js";
import { type Dimension, dimensionName, dimensions, toSi } from "../../quantity/units.js";
import { count, positive, section, text, word } from "../../schema/leaf.js";
import { disk } from "../disk.js";
import { readDocument } from "../document.js";
import { InputFault } from "../faults.js";
import { faultsOf } from "../issues.js";

const edge = positive("length");
const edgeText = 'a length with its unit, such as "398 nm", or three for z, y, x';
const cycledText = "pristine | unknown | a mapping such as { cycles: 50, charge: 5C }";

/** A quantity that is checked, and kept as it was written. */
function asWritten(dimension: Dimension) {
  const allowed = `a ${dimensionName(dimension)} with its unit, such as "${dimensions[dimension].example}"`;
  return z.string({ error: allowed }).superRefine((value, context) => {
    const converted = toSi(value, dimension);
    if (!converted.ok) context.addIssue({ code: "custom", message: allowed, params: { hint: converted.reason } });
  });
}

const datasetCard = section({
  sample: text("what the sample is, on one line"),
  chemistry: text("the active material, such as NMC811"),
  cycling: z.union(
    [
      word(["pristine", "unknown"]),
      section({
        cycles: count(0, 1_000_000),
        charge: asWritten("rate").optional(),
        discharge: asWritten("rate").optional(),
        temperature: asWritten("temperature").optional(),
        notes: text().optional(),
      }),
    ],
    { error: cycledText },
  ),
  voxelSize: z.union([edge, z.tuple([edge, edge, edge])], { error: edgeText }).optional(),
  kind: word(["grey", "phases"]).optional(),
  source: text("where the tomogram comes from: a paper, an address, a beamline"),
  licence: text("under which terms it may be used, such as CC-BY-4.0"),
  instrument: text().optional(),
  doi: text().optional(),
  notes: text().optional(),
});

/**
 * @throws InputFault with every fault found, each with its line and what is allowed
 */
export function readDatasetCard(path: string): DatasetCard {
  const located = readDocument(disk, path);
  const parsed = datasetCard.safeParse(located.value ?? {});
  if (!parsed.success) throw new InputFault(faultsOf(parsed.error, located, path));
  const { voxelSize, ...words } = parsed.data;
  return Object.fromEntries(
    Object.entries({ ...words, voxelSize: voxelSize === undefined ? null : inMicrometres(voxelSize) }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as unknown as DatasetCard;
}

function inMicrometres(edges: number | readonly [number, number, number]): VoxelSize {
  const um = (metres: number) => Number((1e6 * metres).toPrecision(12));
  return typeof edges === "number" ? [um(edges), um(edges), um(edges)] : [um(edges[0]), um(edges[1]), um(edges[2])];
}

/** The card beside a volume: `cathode.card.yaml` for `cathode.tif`, else `card.yaml` in the same folder (or in a folder of slices). */
export function cardBeside(volume: string): string | null {
  const inside = existsSync(volume) && statSync(volume).isDirectory() ? [join(volume, "card.yaml")] : [];
  const stem = volume.replace(/\/+$/, "").replace(/\.[^./]*$/, "");
  const beside = [`${stem}.card.yaml`, join(dirname(volume), "card.yaml")];
  return [...inside, ...beside].find((path) => existsSync(path)) ?? null;
}
