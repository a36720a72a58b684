import { Unreadable } from "./unreadable.js";

/** What a reader does with the fields of a header. */
export interface FieldRules {
  /** Fields that are obeyed. */
  readonly honoured: ReadonlySet<string>;
  /** Fields that say nothing about the voxels, their order or their size. */
  readonly harmless: ReadonlySet<string>;
}

/**
 * A field that is not known may change what the bytes mean: it is refused, not passed over.
 * @param kind of header, as people name it
 * @throws Unreadable
 */
export function checkFields(path: string, kind: string, fields: Iterable<string>, rules: FieldRules): void {
  for (const field of fields) {
    if (rules.honoured.has(field) || rules.harmless.has(field)) continue;
    const known = [...rules.honoured].join(", ");
    throw new Unreadable(path, `found the field "${field}" in its ${kind}, which is not read; read are ${known}.`);
  }
}

/** An axis of a header whose entry is not read. */
export function refusedField(path: string, field: string, value: string, allowed: string): never {
  throw new Unreadable(path, `found ${field}: ${value.slice(0, 80)}; allowed: ${allowed}.`);
}
