/** Attributes of an element of XML, entities decoded. */
export type Attributes = ReadonlyMap<string, string>;

/** All elements of a name, whatever the namespace before it, with their attributes. */
export function elementsOf(text: string, name: string): Attributes[] {
  const found = [...text.matchAll(new RegExp(`<(?:\\w+:)?${name}(\\s[^<>]*)?>`, "g"))];
  return found.map(([, inside = ""]) => {
    const pairs = [...inside.matchAll(/([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
    return new Map(pairs.map(([, key, double, single]) => [key as string, decoded(double ?? single ?? "")]));
  });
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** `&#181;m` → `µm`. */
function decoded(text: string): string {
  return text.replace(/&(?:#(x?)([0-9a-f]{1,6})|(\w+));/gi, (whole, hex: string, code: string, name: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    const point = Number.parseInt(code, hex === "" ? 10 : 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
