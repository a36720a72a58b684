/**
 * Laws that a scenario chooses by the key `kind`. A kind is one file: its keys with words, units, defaults and ranges, what it
 * asks across them, and the law itself. What follows from a list of kinds is in `family.ts`.
 */
import * as z from "zod";
import { refusal, section } from "./leaf.js";

/** What keys hold once they are read: SI units, defaults filled in. */
export type ValuesOf<Keys extends z.ZodRawShape> = [keyof Keys] extends [never]
  ? object
  : z.output<z.ZodObject<Keys, z.core.$strict>>;

/** Says that values do not go together; `key` where one of them is at fault. */
export type Refuse = (wrong: { readonly found?: string; readonly allowed: string }, ...key: string[]) => void;

/** A kind of whatever family. */
export interface AnyKind {
  readonly kind: string;
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$strict>;
  settle(values: never, refuse: Refuse): object;
  law(choice: never, ...given: never): unknown;
}

/** A law that can be chosen. */
export interface Kind<Name extends string, Keys extends z.ZodRawShape, Choice, Given extends readonly unknown[], Law> {
  readonly kind: Name;
  readonly keys: Keys;
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<Name> } & Keys, z.core.$strict>;
  /** The choice from what a file says, refused where its values do not go together. */
  settle(values: ValuesOf<Keys>, refuse: Refuse): Choice;
  /** The law of a choice in SI units. Throws RangeError for a value outside the range of its key. */
  law(choice: Choice, ...given: Given): Law;
}

export interface Definition<
  Name extends string,
  Keys extends z.ZodRawShape,
  Choice,
  Given extends readonly unknown[],
  Law,
> {
  readonly kind: Name;
  readonly keys: Keys;
  readonly law: (choice: Choice, ...given: Given) => Law;
}

export interface Settling<Keys extends z.ZodRawShape, Choice> {
  readonly settle: (values: ValuesOf<Keys>, refuse: Refuse) => Choice;
}

/** Defines kinds of one family; `settle` where values must go together, or where a choice is not as it is written. */
export interface Defining<Given extends readonly unknown[], Law> {
  <const Name extends string, Keys extends z.ZodRawShape, Choice extends object>(
    definition: Settling<Keys, Choice> & Definition<Name, Keys, NoInfer<Choice>, Given, Law>,
  ): Kind<Name, Keys, Choice, Given, Law>;
  <const Name extends string, Keys extends z.ZodRawShape>(
    definition: Definition<Name, Keys, ValuesOf<Keys>, Given, Law>,
  ): Kind<Name, Keys, ValuesOf<Keys>, Given, Law>;
}

/**
 * What defines the kinds of a family, whose laws are `Law` and are made from a choice and from what is `Given` besides.
 * @param family its name, for messages
 */
export function kindOf<Law, Given extends readonly unknown[] = []>(family: string): Defining<Given, Law> {
  return <Name extends string, Keys extends z.ZodRawShape>(
    own: Definition<Name, Keys, ValuesOf<Keys>, Given, Law> & Partial<Settling<Keys, ValuesOf<Keys>>>,
  ): Kind<Name, Keys, ValuesOf<Keys>, Given, Law> => ({
    kind: own.kind,
    keys: own.keys,
    schema: section({ kind: z.literal(own.kind), ...own.keys }),
    settle: own.settle ?? ((values) => values),
    law: (choice, ...given) => {
      checkRanges(`${own.kind} ${family}`, own.keys, choice);
      return own.law(choice, ...given);
    },
  });
}

function checkRanges(what: string, keys: z.ZodRawShape, choice: object): void {
  const values = choice as Readonly<Record<string, unknown>>;
  for (const [key, leaf] of Object.entries(keys)) {
    const value = values[key];
    const wrong = typeof value === "number" ? refusal(leaf as z.ZodType, value) : undefined;
    if (wrong) throw new RangeError(`${what}: found ${key} ${wrong.found}; allowed: ${wrong.allowed}.`);
  }
}
