import { reportFailure } from "./failure.js";
import type { Terminal } from "./terminal.js";

/**
 * Ends this process when an error comes from what no command waits for, such as a stream, a timer or a promise left alone:
 * one line without a stack, and exit status 1. What is on the disk stays, and locks are given back.
 */
export function endOnStrayErrors(terminal: Terminal): void {
  // A promise that is left alone arrives here too: Node.js throws what it was rejected with.
  process.on("uncaughtException", (error: unknown) => {
    const words: string[] = [];
    reportFailure(error, { ...terminal, err: (text) => words.push(text) });
    const [found] = words.length > 0 ? words : [String(error)];
    terminal.err(
      `Working beside the command: found an error that stops it (${found}). What was written until now is kept; run the command again, and run with --resume.`,
    );
    process.exit(1);
  });
}
