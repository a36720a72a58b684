import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { sectionKinds } from "../src/fem/coordinates/coordinates.js";
import { packageFolder } from "../src/scenario/version.js";

const source = join(packageFolder(), "src");

interface Import {
  readonly from: string;
  /** A file of `src`, or the name of a package. */
  readonly to: string;
  /** Whether only types are taken, which vanish when the program is built. */
  readonly types: boolean;
}

function files(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : name.endsWith(".ts") ? [path] : [];
  });
}

function importsOf(path: string): Import[] {
  const text = readFileSync(path, "utf8");
  const from = relative(source, path);
  const found = text.matchAll(/^(?:import|export)\s+(type\s+)?([^;]*?)\bfrom\s+"([^"]+)";/gm);
  const bare = text.matchAll(/^import\s+"([^"]+)";/gm);
  const target = (name: string) =>
    name.startsWith(".") ? relative(source, join(dirname(path), name)).replace(/\.js$/, ".ts") : name;
  return [
    ...Array.from(found, ([, type, names, name]) => {
      const listed = /^\{([\s\S]*)\}\s*$/
        .exec(names.trim())?.[1]
        .split(",")
        .map((each) => each.trim());
      const types =
        type !== undefined ||
        (listed?.filter((each) => each !== "").every((each) => each.startsWith("type ")) ?? false);
      return { from, to: target(name), types };
    }),
    ...Array.from(bare, ([, name]) => ({ from, to: target(name), types: false })),
  ];
}

const imports = files(source).flatMap(importsOf);
const valuesOf = new Map<string, Import[]>();
for (const each of imports) if (!each.types) valuesOf.set(each.from, [...(valuesOf.get(each.from) ?? []), each]);

/** Rooms from the ground up: one imports from those below it, and neither from those beside nor above. */
const floors = [
  ["draws", "elementary", "folder", "kernel", "quantity", "statistics", "words"],
  ["schema", "space", "table"],
  ["fem"],
  ["imaging", "network"],
  ["inference"],
  ["scenario"],
  ["result"],
  ["study"],
  ["core.ts", "report"],
  ["index.ts"],
  ["cli"],
];
const roomOf = (file: string) => file.split("/")[0];
const floorOf = (file: string) => floors.findIndex((rooms) => rooms.includes(roomOf(file)));

/** What writes results, and reads them: the rooms below the command line do that. */
const works = /^(folder\/(atomic-file|clear-folder)|imaging\/volume\/tiff-writer|result\/.*-folder)\.ts$/;

function reachable(start: string): Map<string, string> {
  const by = new Map([[start, ""]]);
  for (const file of by.keys()) for (const { to } of valuesOf.get(file) ?? []) if (!by.has(to)) by.set(to, file);
  return by;
}

describe("the house", () => {
  it("knows the floor of every room", () => {
    expect([...new Set(imports.map(({ from }) => from))].filter((file) => floorOf(file) < 0)).toEqual([]);
  });

  it("imports downwards", () => {
    const own = imports.filter(({ to }) => to.endsWith(".ts") && !to.startsWith(".."));
    expect(own.length).toBeGreaterThan(1000);
    const upwards = own.filter(({ from, to }) => roomOf(from) !== roomOf(to) && floorOf(to) >= floorOf(from));
    expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("keeps work and results out of the command line", () => {
    const taken = imports.filter(({ from, to, types }) => roomOf(from) === "cli" && !types && works.test(to));
    expect(taken.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  it("has no circles of files", () => {
    expect(circle()).toEqual([]);
  });
});

describe("what is read of a disk", () => {
  it("is read where a failure is told with its path and what to do", () => {
    const bare = /^(?!.*onFile\().*\b(readFileSync|readdirSync|readSync|readFile|readdir)\(/gm;
    const own = files(source).filter((path) => roomOf(relative(source, path)) !== "folder");
    const lines = own.flatMap((path) => readFileSync(path, "utf8").match(bare) ?? []);
    expect(lines).toEqual([]);
  });
});

/** Files that import each other in a ring, by values; none if there is no ring. */
function circle(): readonly string[] {
  const done = new Set<string>();
  const visit = (file: string, above: readonly string[]): readonly string[] => {
    if (above.includes(file)) return [...above.slice(above.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const { to } of valuesOf.get(file) ?? []) {
      const found = visit(to, [...above, file]);
      if (found.length > 0) return found;
    }
    done.add(file);
    return [];
  };
  for (const file of valuesOf.keys()) {
    const found = visit(file, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe("an entry of a list", () => {
  it("is taken as its type says, without an assertion that it is there", () => {
    const found = files(source).flatMap((path) =>
      Array.from(
        readFileSync(path, "utf8").matchAll(/.*\]!(?!=).*/g),
        ([line]) => `${relative(source, path)}: ${line.trim()}`,
      ),
    );
    expect(found).toEqual([]);
  });
});

describe("a geometry", () => {
  it("is asked what it is, not what it is called", () => {
    const names = sectionKinds.map((kind) => `"${kind}"`).join("|");
    const comparison = new RegExp(`(?:[!=]==\\s*(?:${names})|(?:${names})\\s*[!=]==|case (?:${names}))`, "g");
    const found = files(source).flatMap((path) =>
      Array.from(readFileSync(path, "utf8").matchAll(comparison), ([text]) => `${relative(source, path)}: ${text}`),
    );
    expect(found).toEqual([]);
  });
});

describe("the core", () => {
  it("reaches no module of Node", () => {
    const by = reachable("core.ts");
    expect(by.size).toBeGreaterThan(100);
    const nodes = [...by].filter(([to]) => to.startsWith("node:")).map(([to, from]) => `${from} → ${to}`);
    expect(nodes).toEqual([]);
  });

  it("takes no function whose last bits an engine chooses", () => {
    const engines = /Math\.(?:a?(?:sin|cos|tan)h?|atan2|expm?1?|log\w*|pow|cbrt)\b|(?<=[\w)\]] )\*\*/;
    const own = [...reachable("core.ts").keys()].filter((file) => file.endsWith(".ts"));
    const code = (file: string) => readFileSync(join(source, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    expect(own.filter((file) => engines.test(code(file)))).toEqual([]);
  });
});
