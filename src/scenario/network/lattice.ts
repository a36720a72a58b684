import { pow } from "../../elementary/elementary.js";
import { faceCentredCubic, hexagonal, packOnLattice } from "../../network/packing/lattice-packing.js";
import type { Packing } from "../../space/packing.js";
import { note, type Reading } from "../reading.js";
import type { PackingFile } from "./packing.js";

const path = ["geometry", "packing"];

/** Equal particles on the densest lattice: face-centred cubic cells, or hexagonal ones in 2-D, as many along each axis. */
export function latticeOf(file: PackingFile, reading: Reading): Packing | undefined {
  const lattice = file.dimension === 3 ? faceCentredCubic : hexagonal;
  const each = Math.round(pow(file.particles / lattice.sites.length, 1 / file.dimension));
  const count = lattice.sites.length * pow(Math.max(1, each), file.dimension);
  if (count !== file.particles)
    note(reading, [...path, "particles"], {
      allowed: `${lattice.sites.length} n^${file.dimension} on a ${lattice.name} lattice, such as ${count}`,
    });
  if (typeof file.radius !== "number")
    note(reading, [...path, "radius"], { found: "a distribution", allowed: "one length, on a lattice" });
  for (const key of ["aspect", "gradient", "segregation", "clearance"] as const)
    if (file[key] !== undefined) note(reading, [...path, key], { allowed: "nothing, on a lattice" });
  if (count !== file.particles || typeof file.radius !== "number") return undefined;
  return packOnLattice({
    lattice,
    counts: [each, each, each],
    radius: file.radius,
    spacing: { solidFraction: file.solidFraction },
    periodic: file.boundary === "periodic",
  });
}
