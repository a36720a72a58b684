import type * as z from "zod";
import { dimensions } from "../quantity/units.js";
import { dimensionOf } from "./leaf.js";

type Node = z.core.$ZodType;

/**
 * SI units of what the keys of a schema hold once it is read, as people write them: `Ω m²`. Keys that hold plain numbers or
 * words are left out, and so are those that hold one thing here and another there.
 */
export function unitsOfKeys(schema: Node): ReadonlyMap<string, string> {
  const found = new Map<string, Set<string>>();
  gather(schema, found);
  return new Map(
    [...found].flatMap(([key, [unit, ...others]]) =>
      unit !== "" && others.length === 0 ? [[key, unit] as const] : [],
    ),
  );
}

function gather(node: Node, found: Map<string, Set<string>>): void {
  for (const [key, below] of keysOf(node)) {
    for (const unit of unitsAt(below)) found.set(key, (found.get(key) ?? new Set()).add(unit));
    gather(below, found);
  }
  for (const each of partsOf(node)) gather(each, found);
}

/** Units of all that a key may hold, a mapping apart; none is "". */
function* unitsAt(node: Node): Generator<string> {
  const dimension = dimensionOf(node);
  const parts = partsOf(node);
  if (dimension !== undefined) yield written(dimensions[dimension].unit);
  else if (parts.length === 0 && keysOf(node).length === 0) yield "";
  else for (const each of parts) yield* unitsAt(each);
}

interface Parts {
  readonly shape?: Readonly<Record<string, Node>>;
  readonly innerType?: Node;
  readonly element?: Node;
  readonly options?: readonly Node[];
  readonly in?: Node;
}

function keysOf(node: Node): readonly (readonly [string, Node])[] {
  return Object.entries((node._zod.def as Parts).shape ?? {});
}

function partsOf(node: Node): readonly Node[] {
  const { innerType, element, options = [], in: from } = node._zod.def as Parts;
  return [innerType, element, from, ...options].filter((each) => each !== undefined);
}

function written(unit: string): string {
  return unit.replace("ohm", "Ω").replace("*", " ").replace("^2", "²").replace("^3", "³");
}
