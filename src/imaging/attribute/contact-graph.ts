import { type ParticleTable, particleTable } from "../../table/particle-table.js";
import type { VoxelSize } from "../volume/volume.js";
import type { Contact, Tally } from "./tally.js";

/** Shared faces from which on two particles count as touching. */
const leastSharedFaces = 5;

/**
 * Area of a contact, µm²: the length of the sum of its faces' normals, exact for a flat contact however it lies; for a
 * bent one the area of its shadow. Where two particles part at a shallow angle, gaps narrower than a voxel hide, and the
 * faces there count too much: with gaps opening evenly as many faces do so as there are gaps of two voxels, twice over,
 * wherever the contact lies between the voxels. At most half of the faces is taken away.
 */
export function contactArea({ normal, beyond }: Contact, [dz, dy, dx]: VoxelSize): number {
  const along = (axis: number) => {
    const most = Math.abs(normal[axis]) / 2;
    return normal[axis] - Math.max(-most, Math.min(most, beyond[axis] / 2));
  };
  return Math.hypot(along(0) * dy * dx, along(1) * dz * dx, along(2) * dz * dy);
}

/** Particles that each particle touches: `[particle]`, row 0 unused. */
export function coordination({ contacts, count }: Tally): Float64Array {
  const touching = new Float64Array(count + 1);
  for (const { first, second, faces } of contacts.values()) {
    if (faces < leastSharedFaces) continue;
    touching[first] += 1;
    touching[second] += 1;
  }
  return touching;
}

/** Every pair that shares a face, as a table: the graph of contacts. */
export function contactGraph({ contacts }: Tally, voxelSize: VoxelSize): ParticleTable {
  const all = [...contacts.values()].filter(({ faces }) => faces > 0);
  all.sort((a, b) => a.first - b.first || a.second - b.second);
  return particleTable({
    Particle: all.map(({ first }) => first),
    "Other particle": all.map(({ second }) => second),
    "Contact area [um2]": all.map((contact) => contactArea(contact, voxelSize)),
    "Shared faces": all.map(({ faces }) => faces),
  });
}
