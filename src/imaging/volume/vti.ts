import { pendingFile } from "../../folder/atomic-file.js";
import { type Volume, type VoxelType, voxelType } from "./volume.js";
import { bytesOf } from "./voxel-words.js";

const names: Readonly<Record<VoxelType, string>> = {
  u8: "UInt8",
  u16: "UInt16",
  u32: "UInt32",
  i32: "Int32",
  f32: "Float32",
};

/** Writes a picture for ParaView: VTK's image data, lengths in µm, voxels as cells. */
export function writeVti(
  path: string,
  { data, shape: [nz, ny, nx], voxelSize: [dz, dy, dx] }: Volume,
  name = "voxels",
): void {
  const extent = `0 ${nx} 0 ${ny} 0 ${nz}`;
  const head = `<?xml version="1.0"?>
<VTKFile type="ImageData" version="1.0" byte_order="LittleEndian" header_type="UInt64">
<ImageData WholeExtent="${extent}" Origin="0 0 0" Spacing="${dx} ${dy} ${dz}">
<Piece Extent="${extent}"><CellData Scalars="${name}">
<DataArray type="${names[voxelType(data)]}" Name="${name}" format="appended" offset="0"/>
</CellData></Piece></ImageData>
<AppendedData encoding="raw">_`;
  const file = pendingFile(path);
  try {
    const bytes = bytesOf(data);
    file.put(Buffer.from(head));
    file.put(bytesOf64(bytes.length));
    file.put(bytes);
    file.put(Buffer.from("</AppendedData></VTKFile>\n"));
    file.commit();
  } finally {
    file.discard();
  }
}

function bytesOf64(length: number): Uint8Array {
  return new Uint8Array(BigUint64Array.of(BigInt(length)).buffer);
}
