import { parquetWriteBuffer } from "hyparquet-writer";
import { columnOf, type ParticleTable } from "../network/particle-table.js";

/** A particle table as a Parquet file: every column in doubles, names and order kept. */
export function particleParquet(table: ParticleTable): Uint8Array {
  const columnData = table.names.map((name) => ({
    name,
    data: columnOf(table, name),
    type: "DOUBLE" as const,
    nullable: false,
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
