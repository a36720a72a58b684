import type { IndependentWriter } from "./writer.js";

/** A short writer of NRRD of its own, after the description of the format: encodings, skips, files beside, kinds. */
export const nrrdWriter: IndependentWriter = {
  name: "NRRD by a writer in Python",
  modules: ["numpy"],
  script: `
import gzip
names = {"u1": "uint8", "i1": "signed char", "u2": "ushort", "i2": "short", "u4": "uint32_t", "i4": "int", "u8": "uint64", "i8": "long long int", "f4": "float", "f8": "double"}
def write(number):
    shape, refused, size, reading = lengths(pick(2, 3, 3, 3), 1), None, None, {}
    dtype = np.dtype(pick(*plain)); array = numbers(shape, dtype)
    stored, kinds = array, ["domain"] * len(shape)
    if len(shape) == 3 and chance(0.25):
        channels = 2 + below(2); chosen = below(channels)
        stack = [numbers(shape, dtype) for _ in range(channels)]; stack[chosen] = array
        place = pick(0, 3); stored = np.stack(stack, axis=place).astype(dtype)
        kinds = ["domain"] * 3; kinds.insert(place, pick("list", "vector", "time")); reading = {"time" if "time" in kinds else "channel": chosen + 1}
        if chance(0.2): reading, refused = {}, "a volume has one"
    rank = stored.ndim
    lines = ["NRRD0005", "# written apart", "type: " + names[dtype.str[1:]], f"dimension: {rank}", "sizes: " + " ".join(str(k) for k in stored.shape[::-1])]
    if dtype.itemsize > 1: lines.append("endian: " + ("big" if dtype.str[0] == ">" else "little"))
    if rank > len(shape) or chance(0.3): lines.append("kinds: " + " ".join(kinds[::-1]))
    edge = [float(k) for k in np.round(rng.uniform(0.01, 2, 3), 4)]
    if chance(0.6):
        unit, scale = pick(("um", 1), ("nm", 1000), ("mm", 0.001))
        size = edge if len(shape) == 3 else [edge[2], edge[1], edge[2]]
        values, at_axis = [repr(float(k * scale)) for k in edge[3 - len(shape):]], iter(range(3))
        if chance(0.5):
            spaced = [values[next(at_axis)] if k == "domain" else "nan" for k in kinds]
            lines += ["spacings: " + " ".join(spaced[::-1]), "units: " + " ".join('"' + (unit if k == "domain" else "") + '"' for k in kinds[::-1])]
        else:
            n, vectors = len(shape), []
            for k in kinds:
                if k != "domain": vectors.append("none"); continue
                axis = next(at_axis); vectors.append("(" + ",".join(pick("", "-") + values[axis] if n - 1 - axis == j else "0" for j in range(n)) + ")")
            lines += [f"space dimension: {n}", "space directions: " + " ".join(vectors[::-1]), "space units: " + " ".join(['"' + unit + '"'] * n)]
    encoding = pick("raw", "raw", "gzip", "gz", "text", "ascii")
    if chance(0.05): lines.append(pick("block size: 4", "strange: 1")); refused = "is not read"
    if chance(0.05): encoding, refused = pick("hex", "bzip2"), "encoding|is not read"
    lines.append("encoding: " + encoding)
    if chance(0.3): lines += ["key:=value", "old min: 0", "content: nothing: much"]
    skip, before, body = 0, b"", stored.tobytes()
    if encoding in ("text", "ascii"): body = " ".join(repr(k) for k in stored.ravel().tolist()).encode() + b"\\n"
    elif encoding == "raw" and chance(0.4):
        skip = pick(-1, 1 + below(9)); before = bytes(rng.integers(0, 256, 5 if skip < 0 else skip, "u1"))
        lines.append(f"byte skip: {skip}")
    elif encoding in ("gzip", "gz"):
        if chance(0.3): skip = 1 + below(9); body = bytes(skip) + body; lines.append(f"byteskip: {skip}")
        body = gzip.compress(body)
    if chance(0.2) and skip >= 0: lines.append("line skip: 2"); before = b"first\\nsecond\\n" + before
    if chance(0.1) and encoding == "raw" and refused is None and skip >= 0: body, refused = (body[:-1], "due|only") if chance(0.5) else (body + b"z", "bytes more")
    ending = pick("\\n", "\\r\\n")
    if chance(0.3):
        name = f"{number}.nhdr"
        lines.append(pick("data file: ", "datafile: ") + f"{number}.data")
        open(at(name), "wb").write((ending.join(lines) + ending).encode()); open(at(f"{number}.data"), "wb").write(before + body)
    else:
        name = f"{number}.nrrd"
        open(at(name), "wb").write((ending.join(lines) + ending + ending).encode() + before + body)
    tell(name, array, size, reading, refused, made=" | ".join(lines[2:]))
`,
};
