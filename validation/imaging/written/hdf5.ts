import type { IndependentWriter } from "./writer.js";

/** h5py: chunks, filters, byte orders, names of axes, groups, types that are no numbers. */
export const h5pyWriter: IndependentWriter = {
  name: "HDF5 by h5py",
  modules: ["numpy", "h5py"],
  script: `
import h5py
def write(number):
    name, shape = f"{number}.h5", lengths(pick(2, 3, 3, 3))
    array, refused = numbers(shape, pick(*plain, "?")), None
    stored, reading, attributes, labels, made = array, {}, {}, None, ""
    options = {}
    if len(shape) == 3 and chance(0.4):
        axes = list(rng.permutation(3))
        stored, names = array.transpose(axes), ["zyx"[k] for k in axes]
        if chance(0.3):
            channels = 1 + below(3); chosen = below(channels)
            stack = [numbers(shape, array.dtype) for _ in range(channels)]; stack[chosen] = array
            stored = np.stack([each.transpose(axes) for each in stack], axis=pick(0, 3) if channels else 0)
            place = 0 if stored.shape[0] == channels and np.array_equal(stored[chosen], array.transpose(axes)) else 3
            names.insert(place, "c"); reading = dict(channel=chosen + 1)
            if channels > 1 and chance(0.2): reading, refused = {}, "channels; a volume has one"
        if chance(0.5): labels = names
        else: attributes["axistags"] = json.dumps(dict(axes=[dict(key=key, typeFlags=2) for key in names]))
    kind = below(20)
    if kind == 0: stored, refused = np.zeros(shape, [("a", "u1"), ("b", "<f4")]), "compounds"
    elif kind == 1: stored, refused = np.zeros(shape, "S4"), "strings"
    elif kind == 2: stored, refused = np.zeros(shape, h5py.enum_dtype({"A": 0, "B": 1}, "i4")), "enumeration"
    elif kind == 3: stored, refused = np.zeros(shape, "<f2"), "16 bits"
    if refused in ("compounds", "strings", "enumeration", "16 bits"): attributes, labels, reading = {}, None, {}
    if chance(0.6):
        options["chunks"] = tuple(1 + below(k) for k in stored.shape)
        options["compression"] = pick(None, "gzip", "gzip", "lzf")
        options["shuffle"], options["fletcher32"] = chance(0.4), chance(0.3)
        if stored.dtype.kind in "iu" and stored.dtype.itemsize < 8 and chance(0.2) and refused is None: options["scaleoffset"], options["fletcher32"] = 0, False
        if options["compression"] == "lzf": refused = "filter lzf" if refused is None else "filter lzf|" + refused
    size = None
    if chance(0.5): size = [float(k) for k in np.round(rng.uniform(0.01, 2, 3), 4)]; attributes["element_size_um"] = size
    group = pick("", "entry/data/")
    with h5py.File(at(name), "w", libver=pick("earliest", "latest", ("earliest", "v110"))) as file:
        data = file.create_dataset(group + "labels", data=stored, **options)
        for key, value in attributes.items(): data.attrs[key] = value
        for k, label in enumerate(labels or []): data.dims[k].label = label
        file["table"] = np.arange(5)
        if chance(0.3):
            file["other"] = numbers((2, 2), "u1")
            reading["dataset"] = group + "labels"
    tell(name, array, size, reading, refused, made=f"{stored.dtype} {stored.shape} {options} {labels} {list(attributes)}")
`,
};
