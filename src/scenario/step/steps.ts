import type * as z from "zod";
import type { Control } from "../../fem/model/electrochemistry.js";
import { means, section } from "../../schema/leaf.js";
import { charge } from "./charge.js";
import { discharge } from "./discharge.js";
import { hold } from "./hold.js";
import { rest } from "./rest.js";
import type { AnyStep } from "./step.js";

const kinds = [charge, discharge, hold, rest] as const;

type Kind = (typeof kinds)[number];

/** What a step is called. */
export type Verb = Kind["verb"];

/** Every verb. */
export const verbs: readonly Verb[] = kinds.map(({ verb }) => verb);

type KeyOf<Union> = Union extends unknown ? keyof Union : never;
type At<Union, Key extends PropertyKey> = Union extends { [K in Key]?: infer Value } ? Value : never;
/** Whatever some of them hold. */
type Some<Union> = { readonly [Key in KeyOf<Union>]?: Exclude<At<Union, Key>, undefined> };
type Said = z.output<Kind["said"]>;

/** One instruction of the protocol, in SI units and multiples of C; it ends at the first condition met. */
export type ProtocolStep = { readonly verb: Verb; readonly until: Some<Said["until"]> } & Omit<Some<Said>, "until">;

/** What a file says of a step: one key, its verb. */
export const protocolStep = section(
  Object.fromEntries(kinds.map(({ verb, words, said }) => [verb, means(words, said.optional())])) as unknown as {
    [One in Kind as One["verb"]]: z.ZodOptional<One["said"]>;
  },
);

/** The kind of a step. */
export function kindOfStep({ verb }: Pick<ProtocolStep, "verb">): Pick<AnyStep, "direction" | "said"> {
  return named(verb);
}

/** What a step asks of the collector; currents in A. */
export function controlOf(step: ProtocolStep, oneC: number): Control {
  return named(step.verb).control(step as never, oneC);
}

function named(verb: string): AnyStep {
  const kind = kinds.find((each) => each.verb === verb);
  if (kind) return kind;
  throw new RangeError(`Taking a step: found ${verb}; allowed: ${verbs.join(", ")}.`);
}
