/** One measured number of a validation case against its acceptance band. */
export interface Verdict {
  /** What was measured. */
  readonly name: string;
  readonly value: number | string;
  /** The band in words or symbols, such as `≤ 1e-3`. */
  readonly band: string;
  readonly holds: boolean;
  /** More to know, for people. */
  readonly details?: string;
}

/** What a case may use while it runs. */
export interface ValidationContext {
  /** Says on the screen how far a slow case has come. */
  readonly report: (message: string) => void;
}

/** A comparison of the program with a closed form, published data or a reference, with a band stated beforehand. */
export interface ValidationCase {
  /** As on the command line. */
  readonly name: string;
  readonly title: string;
  /** Takes more than about ten seconds; left out unless named or asked for with `--slow`. */
  readonly slow: boolean;
  run(context: ValidationContext): Promise<readonly Verdict[]>;
}
