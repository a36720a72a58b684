import { editorSchema } from "../../scenario/editor-schema.js";
import { fitWords } from "./key-words.js";
import { fitFile } from "./schema.js";

/** A JSON Schema of fit files for editors, made from the definition that the program checks by. */
export function fitJsonSchema(): Record<string, unknown> {
  return editorSchema(fitFile, { title: "Synchrode fit", words: fitWords });
}
