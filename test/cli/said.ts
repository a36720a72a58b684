import type { Collaborators } from "../../src/cli/collaborators.js";
import type { ExitStatus } from "../../src/cli/failure.js";
import { synchrode } from "../../src/cli/program.js";
import type { Terminal } from "../../src/cli/terminal.js";

/** What a command left behind: its exit status, and all it said on either side. */
export interface Said {
  readonly status: ExitStatus;
  readonly out: string;
  readonly err: string;
}

/** A terminal that nobody watches, and what it was told. */
export function listening(): { readonly out: string[]; readonly err: string[]; readonly terminal: Terminal } {
  const [out, err]: [string[], string[]] = [[], []];
  return { out, err, terminal: { out: (text) => out.push(text), err: (text) => err.push(text), interactive: false } };
}

/** Runs the program with these words; `work` instead of what its commands set to work. */
export async function saidBy(words: readonly string[], work?: Collaborators): Promise<Said> {
  const { out, err, terminal } = listening();
  return { status: await synchrode(words, terminal, work), out: out.join("\n"), err: err.join("\n") };
}

/** The same, word by word. */
export const say = (...words: string[]): Promise<Said> => saidBy(words);
