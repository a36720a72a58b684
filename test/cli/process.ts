import { type ChildProcess, spawn } from "node:child_process";

/** A process, and what it says. */
export interface Spoken {
  readonly child: ChildProcess;
  /** Standard error until now. */
  readonly err: () => string;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts a program and listens to its standard error. */
export function spoken(command: string, words: readonly string[]): Spoken {
  const child = spawn(command, words, { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on("close", (status, signal) => resolve(signal ?? status)),
  );
  return { child, err: () => said, ended };
}
