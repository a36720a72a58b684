import { z } from "zod";
import { scenarioFile } from "./schema.js";

/**
 * A JSON Schema of scenario files for editors, made from the definition that the program checks by. Keys that a file
 * may take from its `base` are not required here; the program checks that the whole is complete.
 */
export function scenarioJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(scenarioFile, { io: "input", target: "draft-7" }) as Record<string, unknown>;
  return { ...(forEditors(schema) as Record<string, unknown>), title: "Synchrode scenario" };
}

function forEditors(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(forEditors);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key, inner]) => !(key === "required" && Array.isArray(inner)));
  return Object.fromEntries(kept.map(([key, inner]) => [key === "oneOf" ? "anyOf" : key, forEditors(inner)]));
}
