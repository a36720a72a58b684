import type { Frame } from "../fem/model/frame.js";

/** A file of a ParaView collection. */
export interface CollectionEntry {
  /** s */
  readonly time: number;
  /** Beside the collection. */
  readonly file: string;
}

/** The collection beside the field files. */
export const collectionFile = "fields.pvd";

/** A ParaView collection: field files by time. */
export function collectionText(files: readonly CollectionEntry[]): string {
  const sets = files.map(({ time, file }) => `    <DataSet timestep="${time}" file="${file}"/>\n`).join("");
  return `<?xml version="1.0"?>\n<VTKFile type="Collection" version="1.0">\n  <Collection>\n${sets}  </Collection>\n</VTKFile>\n`;
}

/** The files and times of a collection. */
export function readCollection(text: string): CollectionEntry[] {
  const sets = Array.from(text.matchAll(/<DataSet\b([^>]*)>/g), ([, attributes]) => attributes);
  const attribute = (from: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(from)?.[1] ?? "";
  return sets.map((set) => ({ file: attribute(set, "file"), time: Number(attribute(set, "timestep")) }));
}

/** What a file of fields is called: at the end of an instruction, or at a quarter of the first charge. */
export function fieldFileName({ cycle, verb }: Pick<Frame, "cycle" | "verb">, quarter?: number): string {
  const name = `cycle-${String(cycle).padStart(4, "0")}-${verb}`;
  return quarter === undefined ? `${name}.vtu` : `${name}-quarter-${quarter}.vtu`;
}

/** The end of which half-cycle the name of a file says; null where it is none. */
export function halfCycleOf(file: string): { readonly cycle: number; readonly end: "charge" | "discharge" } | null {
  const named = /cycle-(\d+)-(charge|discharge)\.vtu$/.exec(file);
  return named ? { cycle: Number(named[1]), end: named[2] as "charge" | "discharge" } : null;
}
