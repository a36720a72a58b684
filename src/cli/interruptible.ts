import type { Terminal } from "./terminal.js";

/** Ctrl-C, the end of a queue's time, and the closing of the terminal. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** The first Ctrl-C stops the work at its next step, the second at once. */
export async function interruptible<T>(terminal: Terminal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) process.exit(1);
    terminal.err("\nStopping after this step; once more to stop at once.");
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
