import type * as z from "zod";
import { disk } from "./disk.js";
import { readDocument } from "./document.js";
import { InputFault } from "./faults.js";
import { type InputKindName, refuseOtherKind } from "./input-kind.js";
import { faultsOf } from "./issues.js";
import type { Reading } from "./reading.js";

/**
 * What a file of a kind says by its schema, and the reading in which further faults are noted.
 * @throws InputFault with what is wrong, where
 */
export function readDocumentFile<Said>(
  path: string,
  schema: z.ZodType<Said>,
  kind: InputKindName,
): { readonly said: Said; readonly reading: Reading } {
  const located = readDocument(disk, path);
  const parsed = schema.safeParse(located.value);
  if (!parsed.success) {
    refuseOtherKind(located, path, kind);
    throw new InputFault(faultsOf(parsed.error, located, path));
  }
  return { said: parsed.data, reading: { source: disk, located, file: path, faults: [], files: [path] } };
}
