import { parquetWriteBuffer } from "hyparquet-writer";
import { columnOf, type ParticleTable } from "./particle-table.js";

/**
 * A particle table as a Parquet file: every column in doubles, names and order kept.
 * @param provenance where the table comes from, by name; kept in the file's metadata
 */
export function particleParquet(table: ParticleTable, provenance: Readonly<Record<string, string>> = {}): Uint8Array {
  const columnData = table.names.map((name) => ({
    name,
    data: Float64Array.from(columnOf(table, name), plain),
    type: "DOUBLE" as const,
    nullable: false,
  }));
  const kvMetadata = Object.entries(provenance).map(([key, value]) => ({ key, value }));
  return new Uint8Array(parquetWriteBuffer({ columnData, kvMetadata }));
}

/** Of the many bit patterns that are no number, the engine hands on whichever it has; a table's bytes must not hang on that. */
function plain(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}
