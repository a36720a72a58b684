import type { ControlName, Controls } from "../controls.js";
import type { Synchronisation } from "../synchronisation.js";

/** One of the criteria A–G: what was measured, what is asked, and whether it holds. */
export interface Criterion {
  readonly id: "A" | "B" | "C" | "D" | "E" | "F" | "G";
  readonly name: string;
  /** What was measured, in words with numbers. */
  readonly value: string;
  readonly band: string;
  /** null: cannot be told from the runs at hand; `remark` says what to run. */
  readonly holds: boolean | null;
  readonly measured: Readonly<Record<string, number | null>>;
  readonly remark: string | null;
}

/** What a verdict is found from. */
export interface Judged {
  readonly run: Synchronisation;
  readonly controls: Controls;
  /** Why a control is not at hand, a few words, where that is known. */
  readonly absent: Readonly<Partial<Record<ControlName, string>>>;
}
