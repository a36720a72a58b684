/** One file of a time series. */
export interface PvdEntry {
  /** s */
  readonly time: number;
  /** Path from the collection file. */
  readonly file: string;
}

/** A ParaView collection: VTU files by time. */
export function writePvd(entries: readonly PvdEntry[]): string {
  const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  return [
    '<?xml version="1.0"?>',
    '<VTKFile type="Collection" version="1.0" byte_order="LittleEndian">',
    "<Collection>",
    ...entries.map(({ time, file }) => `<DataSet timestep="${time}" part="0" file="${escaped(file)}"/>`),
    "</Collection>",
    "</VTKFile>",
    "",
  ].join("\n");
}
