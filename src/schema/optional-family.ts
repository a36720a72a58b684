/**
 * Kinds of law that a scenario may do without: files say none, the name of a choice, or a mapping. A mapping without the key
 * `kind` is of the first kind; with one kind alone there is no such key.
 */
import * as z from "zod";
import { type Flat, type GivenOf, named } from "./family.js";
import type { AnyKind, Wrong } from "./kind.js";
import { section, word } from "./leaf.js";

type Mapping<One extends AnyKind> = One extends AnyKind
  ? Flat<{ kind?: One["kind"] } & Omit<z.output<One["schema"]>, "kind">>
  : never;

/** A mapping as files write it. */
type Written<One extends AnyKind> = One extends AnyKind
  ? Flat<{ kind?: One["kind"] } & Omit<z.input<One["schema"]>, "kind">>
  : never;

type ChoiceAmong<One extends AnyKind> = One extends AnyKind
  ? Flat<{ kind?: One["kind"] } & Omit<ReturnType<One["settle"]>, "kind">>
  : never;

/** Kinds with one contract, one of which may be chosen. */
export interface OptionalFamily<Kinds extends readonly AnyKind[], Names extends string> {
  /** What a file may say. */
  readonly schema: z.ZodType<"none" | Names | Mapping<Kinds[number]>, "none" | Names | Written<Kinds[number]>>;
  /** The choice from what a file says; null for none. */
  settled(said: "none" | Names | Mapping<Kinds[number]>): ChoiceAmong<Kinds[number]> | null;
  /** What does not go together in a choice. */
  faults(choice: ChoiceAmong<Kinds[number]>, ...given: GivenOf<Kinds[number]>): readonly Wrong[];
  /** The law of a choice. Throws RangeError for a value outside the range of its key, and for faults. */
  law(choice: ChoiceAmong<Kinds[number]>, ...given: GivenOf<Kinds[number]>): ReturnType<Kinds[number]["law"]>;
}

/** What a scenario chooses from such a family. */
export type OptionalChoiceOf<Of> = Of extends OptionalFamily<infer Kinds, string> ? ChoiceAmong<Kinds[number]> : never;

/**
 * The family of kinds with one contract, of which there may be none.
 * @param mapping what a mapping gives, in words
 * @param byName choices that have a name
 */
export function optionalFamily<const Kinds extends readonly [AnyKind, ...AnyKind[]], Names extends string = never>(
  kinds: Kinds,
  mapping: string,
  byName = {} as Readonly<Record<Names, ChoiceAmong<Kinds[number]>>>,
): OptionalFamily<Kinds, Names> {
  const words = ["none", ...Object.keys(byName)] as const;
  const usual = kinds[0];
  const of = (said: { readonly kind?: string }) => named(kinds, { kind: said.kind ?? usual.kind });
  const opened = {
    schema: z.union([word(words), mappingOf(kinds)], { error: `${words.join(" | ")} | a mapping ${mapping}` }),
    settled: (said: string | { readonly kind?: string }) => {
      if (typeof said === "string")
        return (byName as Readonly<Record<string, ChoiceAmong<Kinds[number]>>>)[said] ?? null;
      return { ...(said.kind !== undefined && { kind: said.kind }), ...of(said).settle(said) };
    },
    faults: (choice: { readonly kind?: string }, ...given: readonly unknown[]) => of(choice).faults(choice, ...given),
    law: (choice: { readonly kind?: string }, ...given: readonly unknown[]) => of(choice).law(choice, ...given),
  };
  return opened as unknown as OptionalFamily<Kinds, Names>;
}

function mappingOf([usual, ...others]: readonly [AnyKind, ...AnyKind[]]): z.ZodType {
  const { kind, ...keys } = usual.schema.shape;
  if (others.length === 0) return section(keys);
  return z.discriminatedUnion("kind", [
    section({ kind: kind.optional(), ...keys }),
    ...others.map(({ schema }) => schema),
  ]);
}
