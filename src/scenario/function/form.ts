/**
 * The forms in which a scenario gives a function of stoichiometry. A form is one file: what files say, the choice that comes
 * of it, and its law. A choice is known by its key: `{ constant: 5e-14 }`.
 */
import type * as z from "zod";
import type { StoichiometryFunction } from "../../fem/law/law.js";
import type { Dimension } from "../../quantity/units.js";
import type { Reading } from "../reading.js";
import type { PhysicalFunction } from "./physical-function.js";

/** A form of whatever choice. */
export interface AnyForm {
  readonly key: string;
  /** Whether its law stays above zero beyond its range by itself. */
  readonly positive: boolean;
  /** The function as its source gives it. */
  law(choice: never, which: PhysicalFunction): StoichiometryFunction;
  /** The stoichiometries for which the function is known; undefined where nothing says so. */
  known(choice: never, which: PhysicalFunction): readonly [low: number, high: number] | undefined;
  /** Whether the function is the same throughout. */
  constant(choice: never, which: PhysicalFunction): boolean;
}

/** What is being read, and where in a file it stands. */
export interface Asked {
  readonly which: PhysicalFunction;
  readonly dimension: Dimension;
  readonly path: readonly PropertyKey[];
  readonly reading: Reading;
}

/** A form in which files may give a function. */
export interface SaidForm extends AnyForm {
  /** The choice from what a file says; what is wrong is noted. */
  settled(said: never, asked: Asked): object;
  /** Where the function is from, in words. */
  source(said: never): string;
}

/** A form that files write as a mapping with its key. */
export interface MappedForm extends SaidForm {
  /** What a function must be for this form. */
  readonly of: readonly Dimension[];
  /** What stands at the key. */
  said(dimension: Dimension): z.ZodType;
}
