import { zipSync } from "fflate";
import type { MutatedFormat, Seed } from "./format.js";
import { otherWord } from "./header-number.js";

/** NPY of several types and orders, and NPZ, stored and deflated. */
export const mutatedNpy: MutatedFormat = { name: "NPY", count: 1000, seeds, own: otherWord };

function array(descr: string, order: "True" | "False", shape: string, bytes: Uint8Array): Uint8Array {
  const header = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': (${shape}), }\n`;
  return Buffer.concat([
    Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, header.length, 0]),
    Buffer.from(header),
    bytes,
  ]);
}

function seeds(): Seed[] {
  const counted = Uint8Array.from({ length: 24 }, (_, k) => k);
  const plain = array("|u1", "False", "2, 3, 4", counted);
  const npy = (bytes: Uint8Array): Seed => ({ open: "a.npy", files: { "a.npy": bytes } });
  const npz = (level: 0 | 6): Seed => ({
    open: "a.npz",
    files: { "a.npz": zipSync({ "labels.npy": [plain, { level }], "other.npy": [new Uint8Array(9), { level }] }) },
    reading: { dataset: "labels" },
  });
  return [
    npy(plain),
    npy(array(">u2", "True", "3, 2, 2", counted)),
    npy(array("<f4", "False", "2, 3", new Uint8Array(new Float32Array(6).fill(1.5).buffer))),
    npz(0),
    npz(6),
  ];
}
