import { editorSchema } from "../../scenario/editor-schema.js";
import { sweepWords } from "./key-words.js";
import { sweepFile } from "./schema.js";

/** A JSON Schema of sweep files for editors, made from the definition that the program checks by. */
export function sweepJsonSchema(): Record<string, unknown> {
  return editorSchema(sweepFile, { title: "Synchrode sweep", words: sweepWords });
}
