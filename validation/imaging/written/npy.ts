import type { IndependentWriter } from "./writer.js";

/** NumPy: orders, byte orders, versions of the header, zips stored and deflated. */
export const numpyWriter: IndependentWriter = {
  name: "NPY and NPZ by numpy",
  modules: ["numpy"],
  script: `
def write(number):
    shape = lengths(pick(2, 3, 3, 3), 1)
    dtype = pick(*plain, "?", "?")
    refused = None
    array = numbers(shape, dtype)
    if chance(0.1):
        kind, refused = pick(("<f2", "16 bits"), ("<c8", "type <c8"), ("S3", "type"), ("<M8[s]", "type"), ([("a", "u1"), ("b", "<f4")], "records"))
        array = np.zeros(shape, kind)
    elif chance(0.05):
        array = np.full(shape, 2**40, "<i8"); refused = "voxel value"
    if chance(0.4): array = np.asfortranarray(array)
    elif chance(0.2): array = np.ascontiguousarray(array.T).T
    expected = array[:, :, 0] if array.ndim == 3 and array.shape[2] == 1 else array
    made = f"{array.dtype} {array.shape} {'F' if array.flags.fnc else 'C'}"
    if chance(0.5):
        name = f"{number}.npy"
        with open(at(name), "wb") as file: np.lib.format.write_array(file, array, version=pick(None, (1, 0), (2, 0), (3, 0)))
        return tell(name, expected, refused=refused, made=made)
    name, save = f"{number}.npz", pick(np.savez, np.savez_compressed)
    if chance(0.5):
        save(at(name), labels=array)
        return tell(name, expected, refused=refused, made=made)
    save(at(name), a=np.zeros(3), labels=array)
    chosen = chance(0.8)
    tell(name, expected, reading=dict(dataset="labels") if chosen else None, refused=refused if chosen else "a, labels", made=made)
`,
};
