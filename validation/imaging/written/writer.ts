/** A program in Python that writes files of one format with a library that is not ours, and says what they hold. */
export interface IndependentWriter {
  readonly name: string;
  /** Modules of Python that it needs. */
  readonly modules: readonly string[];
  /** Writes one file; called with its number. See `prelude`. */
  readonly script: string;
}

/** One file as its writer describes it: a line of JSON. */
export interface WrittenFile {
  readonly open: string;
  /** `[z, y, x]` */
  readonly shape: readonly number[];
  /** µm, `[z, y, x]` */
  readonly voxelSize: readonly number[] | null;
  readonly reading: Readonly<Record<string, string | number>>;
  /** What the refusal says, as a pattern, where the file must be refused. */
  readonly refused: string | null;
  /** What the refusal says where the file may be refused. */
  readonly may: string | null;
  /** How it was made, for people. */
  readonly made: string;
}

/**
 * Draws of shapes and numbers, and `tell`, which notes what a file must read as: an array `[z, y, x]` beside it in
 * 64 bits. Arguments: folder, number of files, seed.
 */
export const prelude = `
import json, os, sys
import numpy as np
folder, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rng = np.random.default_rng(seed)
lines = open(os.path.join(folder, "files.jsonl"), "w")
def below(n): return int(rng.integers(n))
def pick(*choices): return choices[below(len(choices))]
def chance(share): return bool(rng.random() < share)
def lengths(n, least=2, most=9): return tuple(int(k) for k in rng.integers(least, most + 1, n))
plain = ["u1", "i1", "<u2", ">u2", "<i2", ">i2", "<u4", ">u4", "<i4", ">i4", "<u8", ">u8", "<i8", ">i8", "<f4", ">f4", "<f8", ">f8"]
def numbers(shape, dtype):
    dtype = np.dtype(dtype)
    if dtype.kind == "b": return rng.integers(0, 2, shape).astype(dtype)
    if dtype.kind == "f": return (rng.normal(size=shape) * 10.0 ** rng.integers(-3, 6)).astype(dtype)
    info = np.iinfo(dtype)
    low, high = max(int(info.min), -2**31), min(int(info.max), 2**32 - 1 if dtype.kind == "u" else 2**31 - 1)
    return rng.integers(low, high, shape, endpoint=True).astype(dtype)
def tell(name, array, size=None, reading=None, refused=None, may=None, made=""):
    array = np.asarray(array)
    if refused is None:
        array = array.reshape((1,) * (3 - array.ndim) + array.shape)
        np.ascontiguousarray(array.astype("<f8")).tofile(os.path.join(folder, name + ".expected"))
    lines.write(json.dumps(dict(open=name, shape=list(array.shape), voxelSize=size, reading=reading or {}, refused=refused, may=may, made=made)) + "\\n")
def at(name): return os.path.join(folder, name)
`;

/** Runs the script for each number. */
export const closing = `
for number in range(count): write(number)
lines.close()
`;
