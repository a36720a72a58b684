import { nearest } from "../../scenario/issues.js";
import { scenarioJsonSchema } from "../../scenario/json-schema.js";

type Node = Readonly<Record<string, unknown>>;

/** Keys of a scenario that say where it comes from or how it is called, not what is computed. */
const inert = new Set(["base", "title"]);

/** What is wrong with a dotted key as a key of scenario files; undefined when there is such a key. */
export function keyFault(
  key: string,
): { readonly found: string; readonly allowed: string; readonly hint?: string } | undefined {
  if (inert.has(key)) return { found: `the key "${key}"`, allowed: "a key that changes what is computed" };
  const path = key.split(".");
  let nodes: readonly Node[] = branches(scenarioJsonSchema());
  for (const [depth, step] of path.entries()) {
    const below = nodes.flatMap((node) => children(node, step));
    if (below.length > 0) {
      nodes = below;
      continue;
    }
    const above = path.slice(0, depth).join(".");
    const allowed = `${depth === 0 ? "a key of scenarios" : `a key in ${above}`}: ${partsOf(nodes)}`;
    return { found: `the unknown key "${key}"`, allowed, ...meant(key) };
  }
  return undefined;
}

/** A node with all its alternatives, flat. */
function branches(node: Node): readonly Node[] {
  const inner = [node.anyOf, node.allOf, node.oneOf].flatMap((list) => (Array.isArray(list) ? (list as Node[]) : []));
  return [node, ...inner.flatMap(branches)];
}

function children(node: Node, step: string): readonly Node[] {
  const properties = (node.properties ?? {}) as Record<string, Node>;
  const named = Object.hasOwn(properties, step) ? branches(properties[step]) : [];
  const items = /^\d+$/.test(step) && isNode(node.items) ? branches(node.items) : [];
  return [...named, ...items];
}

function partsOf(nodes: readonly Node[]): string {
  const names = new Set(nodes.flatMap((node) => Object.keys((node.properties ?? {}) as object)));
  if (nodes.some(({ items }) => items !== undefined)) names.add("a number from 0");
  return names.size === 0 ? "none, it has no parts" : [...names].join(", ");
}

/** The key that was probably meant: one that ends in the same word, or the nearest in letters. */
function meant(key: string): { hint?: string } {
  const all = dotted(scenarioJsonSchema(), "", 0);
  const last = key.split(".").at(-1)!;
  const same = all.filter((known) => known.split(".").at(-1) === last);
  const [only] = same;
  if (only !== undefined && same.length === 1) return { hint: `did you mean ${only}?` };
  return nearest(key, all);
}

/** Every dotted key; the first item stands for the items of a list. */
function dotted(node: Node, above: string, depth: number): string[] {
  if (depth > 8) return [];
  const keys = branches(node).flatMap((branch) => {
    const properties = Object.entries((branch.properties ?? {}) as Record<string, Node>);
    const named = properties.flatMap(([name, inner]) => [
      above + name,
      ...dotted(inner, `${above}${name}.`, depth + 1),
    ]);
    return isNode(branch.items) ? [...named, ...dotted(branch.items, `${above}0.`, depth + 1)] : named;
  });
  return [...new Set(keys)].filter((key) => !inert.has(key));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
