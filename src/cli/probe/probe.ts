/** What a probe found out by a real computation. */
export interface Finding {
  readonly name: string;
  readonly works: boolean;
  /** What was computed and how well, or why it does not work. */
  readonly detail: string;
  readonly seconds: number;
}

/** One engine that the program may use on this machine. */
export interface Probe {
  readonly name: string;
  /** @returns what was computed. @throws Error with the reason why it does not work. */
  run(): Promise<string>;
}

/** Runs a probe; whatever goes wrong in it is the finding. */
export async function find(probe: Probe): Promise<Finding> {
  const began = performance.now();
  const finish = (works: boolean, detail: string): Finding => {
    return { name: probe.name, works, detail, seconds: (performance.now() - began) / 1000 };
  };
  try {
    return finish(true, await probe.run());
  } catch (error) {
    return finish(false, (error instanceof Error ? error.message : String(error)).split("\n")[0]);
  }
}
