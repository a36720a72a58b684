import * as z from "zod";

type Node = Record<string, unknown>;

export interface EditorSchema {
  readonly title: string;
  /** What keys mean, by their dotted path or the end of it; `*` stands for a name that the file chooses. */
  readonly words: Readonly<Record<string, string>>;
  /** Files that build on others: nothing is required, and null takes a key of the base away. */
  readonly layered?: boolean;
}

/**
 * A JSON Schema (draft 7) for editors, made from the definition that the program checks by: every key with what it means, its
 * unit and its default. Words said at a key itself go before the table's.
 * @throws Error for a key without words
 */
export function editorSchema(schema: z.ZodType, { title, words, layered = false }: EditorSchema): Node {
  const made = z.toJSONSchema(schema, { io: "input", target: "draft-7" }) as Node;
  return { ...dressed(made, "", words, layered), title };
}

function dressed(node: Node, path: string, words: EditorSchema["words"], layered: boolean): Node {
  const inside = (value: unknown, below: string): unknown => {
    if (Array.isArray(value)) return value.map((each) => inside(each, below));
    return typeof value === "object" && value !== null ? dressed(value as Node, below, words, layered) : value;
  };
  const entries = Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    if (key === "required" && layered) return [];
    if (key === "properties") return [[key, properties(value as Record<string, Node>, path, words, layered)]];
    if (key === "items") return [[key, inside(value, path)]];
    if (key === "additionalProperties") return [[key, inside(value, joined(path, "*"))]];
    if (key === "anyOf" || key === "oneOf" || key === "allOf") return [[layered ? "anyOf" : key, inside(value, path)]];
    return [[key, value]];
  });
  return Object.fromEntries(entries);
}

function properties(
  all: Record<string, Node>,
  path: string,
  words: EditorSchema["words"],
  layered: boolean,
): Record<string, Node> {
  return Object.fromEntries(
    Object.entries(all).map(([key, node]) => {
      const below = joined(path, key);
      const { description, words: said, ...own } = dressed(node, below, words, layered);
      const told = [said ?? wordsOf(below, words), description, defaultText(node.default)].filter(
        (part) => part !== undefined,
      );
      const described = { description: told.join("; ") };
      return [key, layered ? { ...described, anyOf: [own, { type: "null" }] } : { ...described, ...own }];
    }),
  );
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}

/** The words of a path, or of the longest end of it that has any. */
function wordsOf(path: string, words: EditorSchema["words"]): string {
  const parts = path.split(".");
  for (let from = 0; from < parts.length; from++) {
    const found = words[parts.slice(from).join(".")];
    if (found !== undefined) return found;
  }
  throw new Error(`Making a schema for editors: the key ${path} has no words; write what it means.`);
}

function defaultText(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? `default ${String(value)}`
    : undefined;
}
