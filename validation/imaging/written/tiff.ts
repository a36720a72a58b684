import type { IndependentWriter } from "./writer.js";

/** tifffile: ImageJ, OME and its own descriptions, byte orders, tiles, strips, packing, several channels. */
export const tifffileWriter: IndependentWriter = {
  name: "TIFF by tifffile",
  modules: ["numpy", "tifffile"],
  script: `
import tifffile
def write(number):
    shape = lengths(pick(2, 3, 3, 3), 5, 20)
    order = pick("<", ">")
    style = pick("imagej", "ome", "shaped", "plain")
    dtype = pick("u1", "u2", "f4") if style == "imagej" else pick("u1", "i1", "u2", "i2", "u4", "i4", "f4", "f8")
    array, refused, size, reading = numbers(shape, np.dtype(dtype).newbyteorder(order)), None, None, {}
    options, metadata = dict(byteorder=order, bigtiff=chance(0.3) and style != "imagej", photometric="minisblack"), {}
    if chance(0.5) and style != "imagej": options["compression"] = pick("zlib", "zlib", None)
    if options.get("compression") and array.dtype.kind in "iu" and chance(0.5): options["predictor"] = True
    if chance(0.3) and style != "imagej": options["tile"] = (16, pick(16, 32))
    elif chance(0.3) and style != "imagej": options["rowsperstrip"] = 1 + below(8)
    stored, axes = array, "ZYX"[3 - len(shape):]
    if style in ("imagej", "ome") and len(shape) == 3 and chance(0.3):
        channels = 2 + below(2); chosen = below(channels); which = pick("C", "T")
        stack = [numbers(shape, array.dtype) for _ in range(channels)]; stack[chosen] = array
        place = 0 if which == "T" else 1
        stored, axes = np.stack(stack, axis=place), axes[:place] + which + axes[place:]
        reading = {"C": "channel", "T": "time"}[which]
        reading = {reading: chosen + 1}
        if chance(0.2): reading, refused = {}, "a volume has one"
    edge = [float(k) for k in np.round(rng.uniform(0.01, 2, 3), 3)]
    if style == "imagej":
        metadata["axes"] = axes
        if chance(0.6) and len(shape) == 3:
            metadata.update(spacing=edge[0], unit="um"); options["resolution"] = (1 / edge[2], 1 / edge[1]); size = edge
    elif style == "ome":
        metadata["axes"] = axes
        if chance(0.6) and len(shape) == 3:
            metadata.update(PhysicalSizeX=edge[2], PhysicalSizeXUnit="µm", PhysicalSizeY=edge[1], PhysicalSizeYUnit="µm", PhysicalSizeZ=edge[0], PhysicalSizeZUnit="µm"); size = edge
    elif style == "plain": metadata = None
    name = f"{number}.ome.tif" if style == "ome" else f"{number}.tif"
    tifffile.imwrite(at(name), stored, imagej=style == "imagej", ome=style == "ome", metadata=metadata, **options)
    tell(name, array, size, reading, refused, made=f"{style} {stored.dtype} {stored.shape} {axes} {options}")
`,
};
