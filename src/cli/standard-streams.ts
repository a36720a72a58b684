import { machineFailure } from "../folder/machine-failure.js";

/** What became of what was printed. */
export interface StandardStreams {
  /** The exit status when what was printed could not be: 1, or undefined. To be asked when all has been printed. */
  settled(): Promise<1 | undefined>;
}

type Stream = Pick<NodeJS.WriteStream, "on" | "write">;

/**
 * Looks after standard output and standard error for a program: a reader that has gone away (`… | head`) ends nothing and
 * is not worth a word; a full disk under either is told once.
 */
export function watchStreams(out: Stream, err: Stream): StandardStreams {
  let broken: 1 | undefined;
  out.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || broken !== undefined) return;
    broken = 1;
    const told = machineFailure("Writing to", "standard output", error);
    err.write(`${told instanceof Error ? told.message : String(told)}\n`);
  });
  err.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") broken = 1;
  });
  return {
    settled: async () => {
      await new Promise<void>((resolve) => out.write("", () => resolve()));
      await new Promise<void>((resolve) => setImmediate(resolve));
      return broken;
    },
  };
}
