import { plainUnit } from "../quantity/column-unit.js";
import { unitOf, unitRatio } from "../quantity/units.js";
import { quoted, TableFault } from "./table-fault.js";

/** A column as particle tables have it: its name with the usual unit, and what its numbers are multiplied by. */
export interface UsualColumn {
  readonly name: string;
  readonly factor: number;
}

/** Units that lengths, areas and volumes have in a particle table. */
const usual = ["um", "um2", "um3"] as const;

/** Plain numbers from 0 to 1, whatever the table. */
const shares =
  /^(nominalcoverage|coverage|damage|largestdamage|interfacedamage|largestinterfacedamage|crackshare|detachment)/;

/** Plain numbers that may lie a little outside. */
const plainNumbers =
  /^((mean|surface|centre)?stoichiometry|nativevoidfraction|packingdensity|sphericity|elongation|contact)$/;

const lengths = /^([xyz]|particleradius|radius|depth|nearestdistance|distanceofsixnearest)$/;

/** Rounding that a share may be outside 0 … 1 by. */
const rounding = 1e-6;

/**
 * A column with a unit in brackets in the unit that particle tables have: µm, µm², µm³, and shares from 0 to 1.
 * @throws TableFault for a unit that the quantity cannot have.
 */
export function usualColumn(written: string): UsualColumn {
  const unit = unitOf(written);
  if (unit === undefined) return { name: written, factor: 1 };
  const words = written.slice(0, written.lastIndexOf("[")).trim();
  const plain = words.toLowerCase().replace(/[^a-z0-9]/g, "");
  const share = plainUnit(unit);
  if (share !== undefined && !lengths.test(plain)) return { name: words, factor: share };
  if (shares.test(plain) || plainNumbers.test(plain)) throw wrongUnit(written, unit, "no unit, or %");
  if (/^(px|pixels?|voxels?)$/i.test(unit)) return { name: written, factor: 1 };
  const spelled = unit
    .replace(/[µμ]/g, "u")
    .replace(/([a-z])\^?([23])$|([a-z])([²³])$/i, (_, a, n, b, p) => `${a ?? b}${n ?? (p === "²" ? 2 : 3)}`);
  if (usual.some((own) => own === spelled)) {
    if (lengths.test(plain) && spelled !== "um") throw wrongUnit(written, unit, "a unit of length such as um, or px");
    return { name: `${words} [${spelled}]`, factor: 1 };
  }
  const power = (text: string) => text.replace(/([a-z])([23])$/i, "$1^$2");
  for (const own of usual) {
    const ratio = unitRatio(power(spelled), power(own));
    if (ratio === undefined) continue;
    if (lengths.test(plain) && own !== "um") break;
    return { name: `${words} [${own}]`, factor: ratio };
  }
  if (lengths.test(plain)) throw wrongUnit(written, unit, "a unit of length such as um, or px");
  return { name: written, factor: 1 };
}

/** @throws TableFault with the row for a share outside 0 … 1. */
export function checkShares(name: string, written: string, values: Float64Array, line: readonly number[]): void {
  if (!shares.test(name.toLowerCase().replace(/[^a-z0-9]/g, "")) || /increment/i.test(name)) return;
  const row = values.findIndex((value) => value < -rounding || value > 1 + rounding);
  if (row < 0) return;
  const found = `${values[row]} in row ${row + 1} of column ${quoted(written)}`;
  throw new TableFault(found, `a share from 0 to 1, or in per cent under the name ${quoted(`${name} [%]`)}`, line[row]);
}

function wrongUnit(written: string, unit: string, allowed: string): TableFault {
  return new TableFault(`the unit ${quoted(unit)} of column ${quoted(written)}`, allowed);
}
