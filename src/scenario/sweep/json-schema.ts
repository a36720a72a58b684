import { z } from "zod";
import { sweepFile } from "./schema.js";

/** A JSON Schema of sweep files for editors, made from the definition that the program checks by. */
export function sweepJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(sweepFile, { io: "input", target: "draft-7" }) as Record<string, unknown>;
  return { ...schema, title: "Synchrode sweep" };
}
