/** The kinds among which a scenario chooses: from their list follows what files may say, what a choice is, and its law. */
import * as z from "zod";
import type { AnyKind, Wrong } from "./kind.js";

/** The same keys, written out. */
export type Flat<T> = { [Key in keyof T]: T[Key] };

/** A choice among kinds, in SI units: the name of one, with what it settles on. */
type ChoiceAmong<One extends AnyKind> = One extends AnyKind
  ? Flat<{ kind: One["kind"] } & Omit<ReturnType<One["settle"]>, "kind">>
  : never;

/** What the law of a kind is given besides a choice. */
export type GivenOf<One extends AnyKind> = Parameters<One["law"]> extends [unknown, ...infer Given] ? Given : never;

type SchemasOf<Kinds extends readonly AnyKind[]> = { readonly [At in keyof Kinds]: Kinds[At]["schema"] };

/** Kinds of law with one contract. */
export interface Family<Kinds extends readonly AnyKind[]> {
  /** What a file may say. */
  readonly schema: z.ZodDiscriminatedUnion<SchemasOf<Kinds>, "kind">;
  /** The choice from what a file says. */
  settled(said: z.output<SchemasOf<Kinds>[number]>): ChoiceAmong<Kinds[number]>;
  /** What does not go together in a choice. */
  faults(choice: ChoiceAmong<Kinds[number]>, ...given: GivenOf<Kinds[number]>): readonly Wrong[];
  /** The law of a choice. Throws RangeError for a value outside the range of its key, and for faults. */
  law(choice: ChoiceAmong<Kinds[number]>, ...given: GivenOf<Kinds[number]>): ReturnType<Kinds[number]["law"]>;
}

/** What a scenario chooses from a family. */
export type ChoiceOf<Of> = Of extends Family<infer Kinds> ? ChoiceAmong<Kinds[number]> : never;

/** The family of kinds with one contract. */
export function family<const Kinds extends readonly [AnyKind, ...AnyKind[]]>(kinds: Kinds): Family<Kinds> {
  const schemas = kinds.map(({ schema }) => schema) as unknown as [AnyKind["schema"], ...AnyKind["schema"][]];
  const opened = {
    schema: z.discriminatedUnion("kind", schemas),
    settled: (said: Named) => ({ kind: said.kind, ...named(kinds, said).settle(said) }),
    faults: (choice: Named, ...given: readonly unknown[]) => named(kinds, choice).faults(choice, ...given),
    law: (choice: Named, ...given: readonly unknown[]) => named(kinds, choice).law(choice, ...given),
  };
  return opened as unknown as Family<Kinds>;
}

interface Named {
  readonly kind: string;
}

/** A kind whose types are looked after by its family's. */
export interface Opened extends Named {
  settle(values: object): object;
  faults(choice: object, ...given: readonly unknown[]): readonly Wrong[];
  law(choice: object, ...given: readonly unknown[]): unknown;
}

/** The kind of a name. */
export function named(kinds: readonly AnyKind[], { kind }: Named): Opened {
  const found = kinds.find((each) => each.kind === kind);
  if (found) return found as unknown as Opened;
  const names = kinds.map((each) => each.kind).join(" | ");
  throw new RangeError(`Choosing a law: found the kind ${kind}; allowed: ${names}.`);
}
