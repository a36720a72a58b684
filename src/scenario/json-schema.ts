import { editorSchema } from "./editor-schema.js";
import { scenarioWords } from "./key-words.js";
import { scenarioFile } from "./schema.js";

/**
 * A JSON Schema of scenario files for editors, made from the definition that the program checks by. Keys that a file
 * may take from its `base` are not required here; the program checks that the whole is complete.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  return editorSchema(scenarioFile, { title: "Synchrode scenario", words: scenarioWords, layered: true });
}
