import * as z from "zod";
import type { StoichiometryFunction } from "../../fem/law/law.js";
import { type Dimension, dimensionName, dimensions, toSi } from "../../quantity/units.js";
import { section, text } from "../../schema/leaf.js";
import { quantityPattern } from "../../schema/quantity-pattern.js";
import { note } from "../reading.js";
import { constant } from "./constant.js";
import type { AnyForm, Asked, MappedForm, SaidForm } from "./form.js";
import { formula } from "./formula.js";
import type { PhysicalFunction } from "./physical-function.js";
import { materialNames, set } from "./set.js";
import { symmetric } from "./symmetric.js";
import { table } from "./table.js";

/** Forms that files write as a mapping. */
const mapped = [table, symmetric] as const;
/** Forms that files say at all: the name of a set, a number with its unit, or a mapping. */
const said = [set, constant, ...mapped] as const;
const forms = [...said, formula] as const;

/** A quantity that depends on stoichiometry, in SI units: a published set's function, a constant, points, or a formula. */
export type FunctionChoice = Parameters<(typeof forms)[number]["law"]>[0];

/** A form whose types are looked after by the list. */
interface Opened extends Pick<AnyForm, "key" | "positive"> {
  law(choice: FunctionChoice, which: PhysicalFunction): StoichiometryFunction;
  known(choice: FunctionChoice, which: PhysicalFunction): readonly [low: number, high: number] | undefined;
  constant(choice: FunctionChoice, which: PhysicalFunction): boolean;
}

/** The form of a choice. */
export function formOf(choice: FunctionChoice): Opened {
  const form: AnyForm | undefined = forms.find(({ key }) => key in choice);
  if (form) return form as Opened;
  const keys = forms.map(({ key }) => key).join(", ");
  throw new RangeError(
    `Choosing a function of stoichiometry: found keys ${Object.keys(choice)}; allowed: one of ${keys}.`,
  );
}

/** The function that a scenario chooses, as its source gives it. */
export function chosen(choice: FunctionChoice, which: PhysicalFunction): StoichiometryFunction {
  return formOf(choice).law(choice, which);
}

type MappingKeys<Of extends Dimension> = {
  [One in (typeof mapped)[number] as Of extends One["of"][number] ? One["key"] : never]: z.ZodOptional<
    ReturnType<One["said"]>
  >;
};

/** What a file may say of a function in one dimension. */
export function stoichiometryFunction<Of extends Dimension>(dimension: Of) {
  const fit = mapped.filter((form: MappedForm) => form.of.includes(dimension));
  const keys = Object.fromEntries(fit.map((form) => [form.key, form.said(dimension).optional()]));
  const mapping = section(keys as unknown as MappingKeys<Of>);
  return z.union([setOrConstant(dimension), mapping], {
    error: `the name of a material set, a ${dimensionName(dimension)} with its unit, or a mapping with one key out of: ${Object.keys(keys).join(", ")}`,
  });
}

function setOrConstant(dimension: Dimension) {
  const allowed = `the name of a material set, or a ${dimensionName(dimension)} with its unit, such as "${dimensions[dimension].example}"`;
  return text(allowed)
    .transform((written, context): { set: string } | { constant: number } => {
      if (!/^[-+.\d]/.test(written)) return { set: written };
      const converted = toSi(written, dimension);
      if (converted.ok && (converted.value > 0 || dimension === "voltage")) return { constant: converted.value };
      context.addIssue({
        code: "custom",
        message: allowed,
        params: { hint: converted.ok ? "not above zero" : converted.reason },
      });
      return z.NEVER;
    })
    .meta({ anyOf: [{ enum: materialNames }, { pattern: quantityPattern(dimension) }] });
}

/** What a file said of a function: the keys of forms. */
export type SaidFunction = Readonly<Record<string, unknown>>;

interface OpenedSaid {
  readonly key: string;
  settled(said: unknown, asked: Asked): FunctionChoice;
  source(said: unknown): string;
}

/** The forms whose keys are there. */
function given(what: object): readonly (readonly [OpenedSaid, unknown])[] {
  return (said as readonly SaidForm[]).flatMap((form) => {
    const value = (what as SaidFunction)[form.key];
    return value === undefined ? [] : [[form as OpenedSaid, value] as const];
  });
}

/** The choice from what a file said of a function; what is wrong is noted, and then `usual` is chosen. */
export function settledFunction(what: object | undefined, usual: FunctionChoice, asked: Asked): FunctionChoice {
  if (what === undefined) return usual;
  const [first, ...others] = given(what);
  if (first && others.length === 0) return first[0].settled(first[1], asked);
  const keys = (mapped as readonly MappedForm[])
    .filter((form) => form.of.includes(asked.dimension))
    .map(({ key }) => key);
  note(asked.reading, asked.path, { allowed: `a mapping with exactly one key out of: ${keys.join(", ")}` });
  return usual;
}

/** Where a function is from, in words: a set, a file, or the scenario itself. */
export function sourceWords(what: object | undefined, source: string): string {
  const [first] = what === undefined ? [] : given(what);
  return first ? first[0].source(first[1]) : source;
}
