/** The kinds among which a scenario chooses: from their list follows what files may say, what a choice is, and its law. */
import * as z from "zod";
import type { AnyKind, Refuse } from "./kind.js";

type Flat<T> = { [Key in keyof T]: T[Key] };

/** A choice among kinds, in SI units: the name of one, with what it settles on. */
type ChoiceAmong<One extends AnyKind> = One extends AnyKind
  ? Flat<{ kind: One["kind"] } & Omit<ReturnType<One["settle"]>, "kind">>
  : never;

type GivenOf<One extends AnyKind> = Parameters<One["law"]> extends [unknown, ...infer Given] ? Given : never;

type SchemasOf<Kinds extends readonly AnyKind[]> = { readonly [At in keyof Kinds]: Kinds[At]["schema"] };

/** Kinds of law with one contract. */
export interface Family<Kinds extends readonly AnyKind[]> {
  /** What a file may say. */
  readonly schema: z.ZodDiscriminatedUnion<SchemasOf<Kinds>, "kind">;
  /** The choice from what a file says; what does not go together is refused. */
  settled(said: z.output<SchemasOf<Kinds>[number]>, refuse: Refuse): ChoiceAmong<Kinds[number]>;
  /** The law of a choice. Throws RangeError for a value outside the range of its key. */
  law(choice: ChoiceAmong<Kinds[number]>, ...given: GivenOf<Kinds[number]>): ReturnType<Kinds[number]["law"]>;
}

/** What a scenario chooses from a family. */
export type ChoiceOf<Of> = Of extends Family<infer Kinds> ? ChoiceAmong<Kinds[number]> : never;

/** The family of kinds with one contract. */
export function family<const Kinds extends readonly [AnyKind, ...AnyKind[]]>(kinds: Kinds): Family<Kinds> {
  const schemas = kinds.map(({ schema }) => schema) as unknown as [AnyKind["schema"], ...AnyKind["schema"][]];
  const named = (kind: string): Opened => {
    const found = kinds.find((each) => each.kind === kind);
    if (found) return found as unknown as Opened;
    throw new RangeError(
      `Choosing a law: found the kind ${kind}; allowed: ${kinds.map((each) => each.kind).join(" | ")}.`,
    );
  };
  const opened = {
    schema: z.discriminatedUnion("kind", schemas),
    settled: (said: Named, refuse: Refuse) => ({ kind: said.kind, ...named(said.kind).settle(said, refuse) }),
    law: (choice: Named, ...given: readonly unknown[]) => named(choice.kind).law(choice, ...given),
  };
  return opened as unknown as Family<Kinds>;
}

interface Named {
  readonly kind: string;
}

/** A kind whose types are looked after by its family's. */
interface Opened extends Named {
  settle(values: object, refuse: Refuse): object;
  law(choice: object, ...given: readonly unknown[]): unknown;
}
