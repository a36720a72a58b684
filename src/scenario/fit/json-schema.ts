import { z } from "zod";
import { fitFile } from "./schema.js";

/** A JSON Schema of fit files for editors, made from the definition that the program checks by. */
export function fitJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(fitFile, { io: "input", target: "draft-7" }) as Record<string, unknown>;
  return { ...schema, title: "Synchrode fit" };
}
