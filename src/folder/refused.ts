/** An output that a command was given and must not write to; nothing has been written. */
export class OutputRefused extends Error {
  override readonly name = "OutputRefused";

  constructor(path: string, found: string, allowed: string) {
    super(`Writing to ${path}: found ${found}; ${allowed}.`);
  }
}

/** A folder in which another process is at work. */
export class FolderBusy extends OutputRefused {
  constructor(
    path: string,
    readonly pid: number,
    host: string,
    since: string,
    file: string,
  ) {
    const allowed = `wait until it has ended, or give another --out; if it has ended and ${host} is another machine, delete ${file}`;
    super(path, `process ${pid} on ${host} at work there since ${since}`, allowed);
  }
}
