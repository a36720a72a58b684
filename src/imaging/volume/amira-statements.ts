import { Unreadable } from "./unreadable.js";

/** Values or entries under a name. */
export interface AmiraEntry {
  readonly name: string;
  readonly values: readonly string[];
  /** What stands between braces behind the name; null where none do. */
  readonly inside: readonly AmiraEntry[] | null;
}

/** Strings (a quote behind a backslash ends one only before a space, comma or line end), braces, marks with their packing, words. */
const tokenForm = /"(?:\\"(?![\s,])|[^"])*"|[{}]|@\d+(?:[ \t]*\([^)\n]*\))?|[^\s{}",=@]+/g;

/** Braces within braces of a header; deeper ones are none that Amira writes. */
const deepest = 64;

/**
 * Everything that an AmiraMesh header states, by name: `define Lattice 4 3 2`, `Parameters { … }`, `Lattice { byte Labels } @1`.
 * A name begins with a letter or stands before a brace; numbers, texts in quotes and marks behind it are its values.
 * @param text without comments
 * @throws Unreadable for braces that do not close
 */
export function amiraStatements(path: string, text: string): readonly AmiraEntry[] {
  const tokens = text.match(tokenForm) ?? [];
  let at = 0;
  const entries = (depth: number): AmiraEntry[] => {
    const found: AmiraEntry[] = [];
    while (at < tokens.length && tokens[at] !== "}") found.push(entry(depth));
    return found;
  };
  const entry = (depth: number): AmiraEntry => {
    const name = bare(tokens[at++] ?? "");
    const values: string[] = [];
    if (name === "define" && isName(tokens[at])) values.push(tokens[at++] ?? "");
    while (at < tokens.length && isValue(tokens, at)) values.push(bare(tokens[at++] ?? ""));
    if (tokens[at] !== "{") return { name, values, inside: null };
    at++;
    if (depth >= deepest) throw unbalanced(path);
    const inside = entries(depth + 1);
    if (tokens[at++] !== "}") throw unbalanced(path);
    while (/^@/.test(tokens[at] ?? "")) values.push(tokens[at++] ?? "");
    return { name, values, inside };
  };
  const all = entries(0);
  if (at < tokens.length) throw unbalanced(path);
  return all;
}

const isName = (token: string | undefined): boolean => token !== undefined && /^[A-Za-z_]/.test(token);

/** Whatever stands before a brace is a name, whether it begins with a letter or not. */
function isValue(tokens: readonly string[], at: number): boolean {
  const token = tokens[at] ?? "";
  if (token === "{" || token === "}") return false;
  return !isName(token) && tokens[at + 1] !== "{";
}

const bare = (token: string): string => (token.startsWith('"') ? token.slice(1, -1) : token);

function unbalanced(path: string): Unreadable {
  return new Unreadable(path, "found braces that do not close in its AmiraMesh header; the file is damaged.");
}

/** The one entry of a name, or undefined. @throws Unreadable where it stands twice */
export function onlyEntry(path: string, entries: readonly AmiraEntry[], name: string): AmiraEntry | undefined {
  const found = entries.filter((each) => each.name === name);
  if (found.length > 1) throw new Unreadable(path, `found the field "${name}" twice in its AmiraMesh header.`);
  return found[0];
}
