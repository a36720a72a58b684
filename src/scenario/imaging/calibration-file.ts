/** Calibration files: what the grey levels of a tomogram mean, in words with units. */
import { type Calibration, calibration } from "../../imaging/attribute/calibration.js";
import { list, number, quantity, section, text } from "../../schema/leaf.js";
import { disk } from "../disk.js";
import { readDocument } from "../document.js";
import { type Fault, InputFault } from "../faults.js";
import { faultAt, faultsOf } from "../issues.js";

const density = quantity("electronDensity", { from: "0 1/angstrom^3", to: "20 1/angstrom^3" });

const calibrationFile = section({
  material: text("the active material it is for").optional(),
  source: text("where the densities come from").optional(),
  references: list(
    section({
      name: text("what it is, such as pore, resin or aluminium").optional(),
      greyLevel: number(-1e9, 1e9),
      deviation: number(0, 1e9).default(0),
      electronDensity: density,
    }),
    "references",
    1000,
  ),
  states: list(
    section({ stoichiometry: number(0, 1.2), electronDensity: density, deviation: density.prefault("0 1/angstrom^3") }),
    "states",
    1000,
  ),
  unseenVoid: number(0, 0.5).default(0),
  composition: number(0, 0.5).default(0),
});

/** A calibration with the words that come with it. */
export interface ReadCalibration {
  readonly calibration: Calibration;
  readonly file: string;
  readonly material: string | null;
  readonly source: string | null;
}

/**
 * @throws InputFault with every fault found; also when there are too few points, or the curve turns back
 */
export function readCalibration(path: string): ReadCalibration {
  const located = readDocument(disk, path);
  const parsed = calibrationFile.safeParse(located.value ?? {});
  if (!parsed.success) throw new InputFault(faultsOf(parsed.error, located, path));
  const { references, states, unseenVoid, composition, material, source } = parsed.data;
  const perCubicAngstrom = (density: number) => Number((1e-30 * density).toPrecision(12));
  try {
    const made = calibration({
      references: references.map((each, k) => ({
        ...each,
        name: each.name ?? `reference ${k + 1}`,
        electronDensity: perCubicAngstrom(each.electronDensity),
      })),
      states: states.map((each) => ({
        ...each,
        electronDensity: perCubicAngstrom(each.electronDensity),
        deviation: perCubicAngstrom(each.deviation),
      })),
      unseenVoid,
      composition,
    });
    return { calibration: made, file: path, material: material ?? null, source: source ?? null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const key = error.message.includes("stoichiometry") ? "states" : "references";
    const fault: Fault = faultAt(located, path, [key], { found: "points that give no curve", allowed: error.message });
    throw new InputFault([fault]);
  }
}
