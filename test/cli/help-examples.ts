import { say } from "./said.js";

/** The command lines that `synchrode COMMAND --help` shows as examples, as printed. Without a command, those of the program. */
export async function examplesOf(command?: string): Promise<string[]> {
  const { out } = await say(...(command === undefined ? [] : [command]), "--help");
  return out
    .slice(out.indexOf("\nExample"))
    .split("\n")
    .filter((line) => line.startsWith("  synchrode "))
    .map((line) => line.trim());
}

/** The words of an example after `synchrode`, and the file that the shell leads its output to. */
export function wordsOf(line: string): { readonly words: readonly string[]; readonly led: string | undefined } {
  const [command, led] = line.split(" > ");
  return { words: (command ?? "").split(" ").slice(1), led };
}
