import type { Terminal } from "./terminal.js";

/** Ctrl-C, the end of a queue's time, and the closing of the terminal. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * The first Ctrl-C stops the work at its next step. The second ends the process there and then, also within a step that
 * does not look up: nobody listens for it any more, so that the system ends the process by the signal itself.
 */
export async function interruptible<T>(terminal: Terminal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listenNoMore = () => {
    for (const signal of signals) process.off(signal, stop);
  };
  const stop = () => {
    listenNoMore();
    terminal.err("\nStopping after this step; once more to stop at once.");
    controller.abort();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    return await work(controller.signal);
  } finally {
    listenNoMore();
  }
}
