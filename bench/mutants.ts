/**
 * Changes one place of the program at a time and runs the tests that should notice:
 *   npx tsx bench/mutants.ts [words of a mutant…]
 * The list is `bench/mutants.yaml`: file, the text that is changed and to what, and the test files that must go red. The tree is
 * copied to a scratch folder, so that the working tree stays as it is. Exit status 1 when one survives or cannot be made.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const list = z.array(
  z.strictObject({
    what: z.string(),
    file: z.string(),
    from: z.string(),
    to: z.string(),
    tests: z.array(z.string()).min(1),
  }),
);

type Mutant = z.output<typeof list>[number];
type Fate = "killed" | "survived" | "not made";

const root = resolve(import.meta.dirname, "..");
const words = process.argv.slice(2);
const mutants = list
  .parse(parse(readFileSync(join(root, "bench", "mutants.yaml"), "utf8")))
  .filter(({ what }) => words.every((word) => what.includes(word)));

const scratch = mkdtempSync(join(tmpdir(), "synchrode-mutants-"));
const kept = /(^|\/)(node_modules|\.git|dist|results|docs)$/;
cpSync(root, join(scratch, "tree"), { recursive: true, filter: (path) => !kept.test(path.slice(root.length)) });
symlinkSync(join(root, "node_modules"), join(scratch, "tree", "node_modules"));

/** The mutant's text, or null where the place is absent or not the only one. */
function mutated({
  file,
  from,
  to,
}: Mutant): { readonly path: string; readonly right: string; readonly wrong: string } | null {
  const path = join(scratch, "tree", file);
  const right = readFileSync(path, "utf8");
  const place = right.indexOf(from);
  if (place < 0 || right.indexOf(from, place + 1) >= 0) return null;
  return { path, right, wrong: right.slice(0, place) + to + right.slice(place + from.length) };
}

function fateOf(mutant: Mutant): Fate {
  const change = mutated(mutant);
  if (!change) return "not made";
  writeFileSync(change.path, change.wrong);
  const { status } = spawnSync("npx", ["vitest", "run", "--bail=1", ...mutant.tests], {
    cwd: join(scratch, "tree"),
    env: { ...process.env, SYNCHRODE_DATA: process.env.SYNCHRODE_DATA ?? resolve(root, "../shared/data") },
    timeout: 600_000,
  });
  writeFileSync(change.path, change.right);
  return status === 0 ? "survived" : "killed";
}

const count: Record<Fate, number> = { killed: 0, survived: 0, "not made": 0 };
for (const mutant of mutants) {
  const fate = fateOf(mutant);
  count[fate]++;
  console.log(`${fate.padEnd(9)} ${mutant.what}`);
}
rmSync(scratch, { recursive: true, force: true });
const share = ((100 * count.killed) / Math.max(1, mutants.length)).toFixed(1);
console.log(
  `${count.killed} of ${mutants.length} killed (${share} %), ${count.survived} survived, ${count["not made"]} not made`,
);
process.exitCode = count.killed === mutants.length ? 0 : 1;
