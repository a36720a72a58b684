import { refusedFile } from "./faults.js";
import type { FileSource } from "./file-source.js";

/**
 * Texts and bytes in memory as files: `{ "cathode.yaml": "title: …", "ocp.csv": "…" }`. Names are paths with slashes; one
 * that another file writes is found beside it.
 */
export function texts(files: Readonly<Record<string, string | Uint8Array>>): FileSource {
  const byName = new Map(Object.entries(files).map(([name, content]) => [pathOf(name), content]));
  return {
    bytes(name, largest, holds) {
      const content = byName.get(pathOf(name));
      const names = [...byName.keys()].map((each) => each.slice(1)).join(", ");
      if (content === undefined) throw refusedFile(name, "no such file", names === "" ? "none was given" : names);
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      if (bytes.length > largest)
        throw refusedFile(name, `a file of ${bytes.length} bytes`, `at most ${largest} bytes`);
      if (bytes.length === 0) throw refusedFile(name, "an empty file", holds);
      return bytes;
    },
    whole: pathOf,
    beside: (from, written) => pathOf(written, pathOf(from)),
    measured(written) {
      const name = pathOf(`$SYNCHRODE_DATA/${written}`);
      return byName.has(name) ? { name } : { absent: `${name.slice(1)}: no such file` };
    },
  };
}

/** A path from the top, without `.` and `..`. */
function pathOf(written: string, from = "/"): string {
  const above = written.startsWith("/") ? [] : from.split("/").slice(0, -1);
  const kept: string[] = [];
  for (const part of [...above, ...written.split("/")]) {
    if (part === "..") kept.pop();
    else if (part !== "" && part !== ".") kept.push(part);
  }
  return `/${kept.join("/")}`;
}
