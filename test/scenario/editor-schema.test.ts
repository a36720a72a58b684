import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { editorSchema } from "../../src/scenario/editor-schema.js";
import { scenarioJsonSchema } from "../../src/scenario/json-schema.js";
import { fitJsonSchema } from "../../src/study/fit/json-schema.js";
import { sweepJsonSchema } from "../../src/study/sweep/json-schema.js";

const kinds = [
  ["scenarios", scenarioJsonSchema()],
  ["scenarios/fits", fitJsonSchema()],
  ["scenarios/sweeps", sweepJsonSchema()],
] as const;

const validator = (schema: object) => new Ajv({ strict: true, allErrors: true }).compile(schema);

/** Every key of a schema with its description. */
function* keysOf(node: unknown, path = ""): Generator<readonly [path: string, description: unknown]> {
  if (Array.isArray(node)) for (const each of node) yield* keysOf(each, path);
  if (typeof node !== "object" || node === null || Array.isArray(node)) return;
  for (const [key, value] of Object.entries(node)) {
    if (key === "properties")
      for (const [name, own] of Object.entries(value as Record<string, { description?: unknown }>)) {
        yield [`${path}.${name}`, own.description];
        yield* keysOf(own, `${path}.${name}`);
      }
    else yield* keysOf(value, path);
  }
}

describe.each(kinds)("the JSON Schema of %s", (folder, schema) => {
  const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
  const valid = validator(schema);
  /** By the schema that a file names, where it names another kind's than its folder's. */
  const validFor = (text: string) => (/schema=\S*scenario\.schema\.json/.test(text) ? validator(kinds[0][1]) : valid);

  it.each(files)("holds for %s, in strict mode", (name) => {
    const text = readFileSync(`${folder}/${name}`, "utf8");
    const own = validFor(text);
    own(parse(text));
    expect(own.errors ?? []).toEqual([]);
  });

  it("says of every key what it means", () => {
    const keys = [...keysOf(schema)];
    expect(keys.length).toBeGreaterThan(20);
    for (const [path, description] of keys) expect(typeof description, path).toBe("string");
  });
});

describe("the JSON Schema of scenarios", () => {
  const valid = validator(kinds[0][1]);
  const refused = (value: object) => expect(valid(value)).toBe(false);

  it("refuses wrong units, unknown names and keys", () => {
    refused({ geometry: { lattice: { columns: 1, radius: "5 s", clearance: "1 um" } } });
    refused({ geometry: { lattice: { columns: 1, radius: 5, clearance: "1 um" } } });
    refused({ temperature: "300 V" });
    refused({ protocol: { steps: [{ charge: { rate: "5 A", until: { voltage: "4.3 V" } } }] } });
    refused({ activeMaterial: { set: "Chen2021" } });
    refused({ activeMaterial: { diffusivity: "1e-14 V" } });
    refused({ binder: { low: { conductivity: "1 Pa" } } });
    refused({ feedback: { kind: "films" } });
    refused({ geometri: {} });
  });

  it("takes what the program takes: units in many forms, nulls that take a key away", () => {
    const taken: readonly object[] = [
      { geometry: { lattice: { columns: 1, radius: "5e3 nm", clearance: "1 µm" }, packing: null } },
      { temperature: "25 degC" },
      { protocol: { steps: [{ charge: { rate: "C/20", until: { voltage: "4300 mV", time: "10 min" } } }] } },
      { activeMaterial: { set: "Chen2020", diffusivity: "5e-10 cm^2/s", exchangeCurrent: { symmetric: "2 A/m²" } } },
      { activeMaterial: { exchangeCurrent: "ORegan2022", maximumConcentration: "51.765 mol/l" } },
      { feedback: { kind: "film", resistance: "0.2 ohm m^2" }, interface: { stiffness: "1e16 Pa/m" } },
      { feedback: { kind: "film", resistance: "2000 Ω·cm²" } },
    ];
    for (const value of taken) expect(valid(value), JSON.stringify([value, valid.errors])).toBe(true);
  });
});

describe("a schema for editors", () => {
  it("cannot be made with a key that nobody explains", () => {
    const schema = z.strictObject({ size: z.number().default(3), other: z.string() });
    expect(() => editorSchema(schema, { title: "T", words: { size: "how large" } })).toThrow("the key other");
    const made = editorSchema(schema, { title: "T", words: { size: "how large", other: "what else" } });
    expect(made.properties).toMatchObject({ size: { description: "how large; default 3" } });
  });
});
