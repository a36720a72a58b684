import type { IndependentWriter } from "./writer.js";

/** zarr (2.x): chunks, orders, codecs, fill values, separators, multiscales. */
export const zarrWriter: IndependentWriter = {
  name: "Zarr by zarr",
  modules: ["numpy", "zarr", "numcodecs"],
  script: `
import zarr, numcodecs
def write(number):
    name, shape = f"{number}.zarr", lengths(pick(2, 3, 3, 3))
    array = numbers(shape, pick(*plain, "?"))
    refused = may = None
    if chance(0.05): array, refused = np.zeros(shape, pick("<f2", "<c8", "S3")), "of type|16 bits"
    blosc = lambda: numcodecs.Blosc(cname=pick("lz4", "zstd", "blosclz", "zlib", "lz4hc"), clevel=5, shuffle=pick(0, 1, 2))
    codec = pick(None, numcodecs.Zlib(), numcodecs.GZip(), numcodecs.Zstd(), numcodecs.LZ4(), blosc(), blosc(), numcodecs.BZ2(), numcodecs.LZMA())
    if codec is not None and codec.codec_id in ("bz2", "lzma"): refused = "codec " + codec.codec_id if refused is None else refused + "|codec"
    filters = None
    if array.dtype.kind in "iu" and chance(0.15): filters, may = [numcodecs.Delta(array.dtype)], "delta: found differences"
    fill = pick(0, 1, None) if array.dtype.kind in "iuf" else None
    options = dict(chunks=tuple(1 + below(k) for k in shape), compressor=codec, filters=filters, order=pick("C", "F"), fill_value=fill,
        dtype=array.dtype, dimension_separator=pick(".", "/"), write_empty_chunks=chance(0.5))
    holes = fill is not None and refused is None and chance(0.2)
    stored, size = array, None
    if chance(0.5):
        root = zarr.open_array(at(name), "w", shape=shape, **options)
        data = root
    else:
        group = zarr.open_group(at(name), "w")
        axes = list(rng.permutation(len(shape))) if chance(0.5) else list(range(len(shape)))
        stored = array.transpose(axes)
        names = ["zyx"[3 - len(shape):][k] for k in axes]
        scale = [float(k) for k in np.round(rng.uniform(0.01, 2, len(shape)), 4)]
        size = [0.0] * len(shape)
        for k, axis in enumerate(axes): size[axis] = scale[k]
        size = [size[1]] + size if len(shape) == 2 else size
        group.attrs["multiscales"] = [dict(version="0.4", axes=[dict(name=n, type="space", unit="micrometer") for n in names],
            datasets=[dict(path="0", coordinateTransformations=[dict(type="scale", scale=scale)])])]
        options["chunks"] = tuple(options["chunks"][k] for k in axes)
        data = group.create_dataset("0", shape=stored.shape, **options)
    if holes:
        data[: shape[0] // 2 if stored is array else 1] = stored[: shape[0] // 2 if stored is array else 1]
        back = np.asarray(data[...])
        array = back if stored is array else back.transpose(np.argsort(axes))
    else: data[...] = stored
    tell(name, array, size, refused=refused, may=may, made=f"{stored.dtype} {stored.shape} {options}")
`,
};
