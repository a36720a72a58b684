/** The leaves of input schemas. By convention the message of every issue is what is allowed there. */
import * as z from "zod";
import { type Dimension, dimensionName, dimensions, toSi } from "../quantity/units.js";
import { quantityPattern } from "./quantity-pattern.js";

/** Bounds as quantities of the same dimension; `above` and `below` exclude their value. */
export interface Bounds {
  readonly above?: string;
  readonly from?: string;
  readonly to?: string;
  readonly below?: string;
}

/** A number with its unit, as text; parsed to SI units. */
export function quantity(dimension: Dimension, bounds: Bounds = {}) {
  const { example } = dimensions[dimension];
  const allowed = `a ${dimensionName(dimension)} with its unit${boundsText(bounds)}, such as "${example}"`;
  const inside = boundsTest(dimension, bounds);
  const leaf = z
    .string({ error: allowed })
    .transform((text, context): number => {
      const converted = toSi(text, dimension);
      if (converted.ok && inside(converted.value)) return converted.value;
      const hint = converted.ok ? undefined : converted.reason;
      context.addIssue({ code: "custom", message: allowed, params: { hint } });
      return z.NEVER;
    })
    .meta({ description: allowed, examples: [example], pattern: quantityPattern(dimension) });
  quantities.add(leaf, { dimension, inside, allowed: boundsText(bounds).trim() || "a finite number" });
  return leaf;
}

/** What a quantity is once it is a number in SI units. */
interface SiQuantity {
  readonly dimension: Dimension;
  inside(value: number): boolean;
  /** Its range in words. */
  readonly allowed: string;
}

const quantities = z.registry<SiQuantity>();

/** The dimension of a leaf, also of one with a default or that may be left out; undefined where it is no quantity. */
export function dimensionOf(leaf: z.core.$ZodType): Dimension | undefined {
  return quantityOf(leaf)?.dimension;
}

function quantityOf(leaf: z.core.$ZodType): SiQuantity | undefined {
  return (
    quantities.get(leaf) ??
    ("innerType" in leaf._zod.def ? quantityOf(leaf._zod.def.innerType as z.ZodType) : undefined)
  );
}

/** What a number in SI units is and what is allowed in its place, where it is outside the range of a leaf. */
export function refusal(
  leaf: z.ZodType,
  value: number,
): { readonly found: string; readonly allowed: string } | undefined {
  const quantity = quantityOf(leaf);
  if (quantity === undefined) {
    const allowed = leaf.safeParse(value).error?.issues[0]?.message;
    return allowed === undefined ? undefined : { found: String(value), allowed };
  }
  if (Number.isFinite(value) && quantity.inside(value)) return undefined;
  return { found: `${value} ${dimensions[quantity.dimension].unit}`, allowed: quantity.allowed };
}

/** A key with what it means, in words for editors. */
export function means<Leaf extends z.ZodType>(words: string, leaf: Leaf): Leaf {
  return leaf.meta({ words });
}

function boundsText({ above, from, to, below }: Bounds): string {
  const parts: string[] = [];
  if (above !== undefined) parts.push(`above ${above}`);
  if (from !== undefined) parts.push(`from ${from}`);
  if (to !== undefined) parts.push(`up to ${to}`);
  if (below !== undefined) parts.push(`below ${below}`);
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

function boundsTest(dimension: Dimension, { above, from, to, below }: Bounds): (value: number) => boolean {
  const limit = (text: string | undefined, absent: number): number => {
    if (text === undefined) return absent;
    const converted = toSi(text, dimension);
    if (!converted.ok) throw new RangeError(`bound ${text} of a ${dimensionName(dimension)}: ${converted.reason}`);
    return converted.value;
  };
  const [a, f] = [limit(above, -Infinity), limit(from, -Infinity)];
  const [t, b] = [limit(to, Infinity), limit(below, Infinity)];
  return (value) => value > a && value >= f && value <= t && value < b;
}

/** A plain number between two bounds, both included unless `open`. */
export function number(low: number, high: number, open: { low?: boolean; high?: boolean } = {}) {
  const lowText = Number.isFinite(low) ? `${open.low ? "above" : "from"} ${low}` : "";
  const highText = Number.isFinite(high) ? `${open.high ? "below" : "up to"} ${high}` : "";
  const allowed = `a number ${[lowText, highText].filter((text) => text !== "").join(" and ")}`;
  const above = open.low
    ? z.number({ error: allowed }).gt(low, { error: allowed })
    : z.number({ error: allowed }).min(low, { error: allowed });
  if (!Number.isFinite(high)) return above;
  return open.high ? above.lt(high, { error: allowed }) : above.max(high, { error: allowed });
}

/** A part of a whole, from 0 to 1. */
export const share = number(0, 1);

/** A whole number between two bounds, both included. */
export function count(low: number, high: number) {
  const error = `a whole number from ${low} to ${high}`;
  return z.number({ error }).int({ error }).min(low, { error }).max(high, { error });
}

/** One of a few words. */
export function word<const T extends readonly [string, ...string[]]>(words: T) {
  return z.enum(words, { error: words.join(" | ") });
}

export function text(allowed = "a text on one line") {
  return z.string({ error: allowed }).min(1, { error: allowed }).max(500, { error: allowed });
}

/** A mapping with these keys and no others. The message for an unknown key is the list of the keys. */
export function section<T extends z.ZodRawShape>(shape: T) {
  const keys = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: (issue) => (issue.code === "unrecognized_keys" ? keys : `a mapping with keys out of: ${keys}`),
  });
}

/** A list with at least one item. */
export function list<T extends z.ZodType>(item: T, what: string, most = 100_000) {
  const error = `a list of ${what}, at least one and at most ${most}`;
  return z.array(item, { error }).min(1, { error }).max(most, { error });
}

/** A quantity above zero. */
export const positive = (dimension: Dimension) => quantity(dimension, { above: zero(dimension) });
/** A quantity of zero or more. */
export const notNegative = (dimension: Dimension) => quantity(dimension, { from: zero(dimension) });
const zero = (dimension: Dimension): string => `0 ${zeroUnits[dimension] ?? ""}`.trim();
const zeroUnits: Partial<Record<Dimension, string>> = {
  length: "m",
  time: "s",
  frequency: "1/s",
  pressure: "Pa",
  conductivity: "S/m",
  diffusivity: "m^2/s",
  concentration: "mol/m^3",
  currentDensity: "A/m^2",
  areaResistance: "ohm m^2",
  areaConductance: "S/m^2",
  stiffness: "Pa/m",
  toughness: "J/m^2",
};
