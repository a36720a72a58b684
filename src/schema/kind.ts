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

/** What is wrong between the values of a choice. */
export interface Wrong {
  readonly found: string;
  readonly allowed: string;
}

/** A kind of whatever family. */
export interface AnyKind {
  readonly kind: string;
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<string> }, z.core.$strict>;
  settle(values: never): object;
  faults(choice: never, ...given: never): readonly Wrong[];
  law(choice: never, ...given: never): unknown;
}

/** A law that can be chosen. */
export interface Kind<Name extends string, Keys extends z.ZodRawShape, Choice, Given extends readonly unknown[], Law> {
  readonly kind: Name;
  readonly keys: Keys;
  readonly schema: z.ZodObject<{ kind: z.ZodLiteral<Name> } & Keys, z.core.$strict>;
  /** The choice from what a file says. */
  settle(values: ValuesOf<Keys>): Choice;
  /** What does not go together. */
  faults(choice: Choice, ...given: Given): readonly Wrong[];
  /** The law of a choice in SI units. Throws RangeError for a value outside the range of its key, and for faults. */
  law(choice: Choice, ...given: Given): Law;
}

/** What a kind is written down as; `faults` where values must go together. */
export interface Definition<
  Name extends string,
  Keys extends z.ZodRawShape,
  Choice,
  Given extends readonly unknown[],
  Law,
> {
  readonly kind: Name;
  readonly keys: Keys;
  readonly faults?: (choice: Choice, ...given: Given) => readonly Wrong[];
  readonly law: (choice: Choice, ...given: Given) => Law;
}

/** A choice that is not as it is written. */
export interface Settling<Keys extends z.ZodRawShape, Choice> {
  readonly settle: (values: ValuesOf<Keys>) => Choice;
}

/** Defines kinds of one family. */
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
  return <Name extends string, Keys extends z.ZodRawShape>({
    kind,
    keys,
    settle = (values) => values,
    faults = () => [],
    law,
  }: Definition<Name, Keys, ValuesOf<Keys>, Given, Law> & Partial<Settling<Keys, ValuesOf<Keys>>>): Kind<
    Name,
    Keys,
    ValuesOf<Keys>,
    Given,
    Law
  > => ({
    kind,
    keys,
    schema: section({ kind: z.literal(kind), ...keys }),
    settle,
    faults,
    law: (choice, ...given) => {
      const [wrong] = [...outOfRange(keys, choice), ...faults(choice, ...given)];
      if (wrong) throw new RangeError(`${kind} ${family}: found ${wrong.found}; allowed: ${wrong.allowed}.`);
      return law(choice, ...given);
    },
  });
}

/** Of values and of sections of values, by dotted key. */
function outOfRange(keys: z.core.$ZodShape, choice: object, within = ""): Wrong[] {
  const values = choice as Readonly<Record<string, unknown>>;
  return Object.entries(keys).flatMap(([key, leaf]) => {
    const value = values[key];
    const inner = sectionOf(leaf);
    if (inner && typeof value === "object" && value !== null) return outOfRange(inner, value, `${within}${key}.`);
    const wrong = typeof value === "number" ? refusal(leaf as z.ZodType, value) : undefined;
    return wrong ? [{ ...wrong, found: `${within}${key} ${wrong.found}` }] : [];
  });
}

/** The keys of a section, also of one with a default; undefined for any other leaf. */
function sectionOf(leaf: z.core.$ZodType): z.core.$ZodShape | undefined {
  if (leaf instanceof z.ZodObject) return leaf.shape;
  return "innerType" in leaf._zod.def ? sectionOf(leaf._zod.def.innerType as z.core.$ZodType) : undefined;
}
