/** Where something stands in an input file. `line` and `column` count from 1; both are absent for a whole file. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** One thing wrong with an input file. */
export interface Fault {
  readonly place: Place;
  /** Dotted path of the key, empty for the file as a whole. */
  readonly key: string;
  readonly found: string;
  readonly allowed: string;
  readonly hint?: string;
}

/** Faults that are told; more are counted. */
const mostTold = 20;

/** An input that cannot be used: the faults found in it, in the order of the file; of very many the first, and how many more. */
export class InputFault extends Error {
  override readonly name = "InputFault";
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const sorted = [...faults].sort(byPlace);
    const told = sorted.length > mostTold ? [...sorted.slice(0, mostTold), further(sorted)] : sorted;
    super(told.map(faultLine).join("\n"));
    this.faults = told;
  }
}

/** A file that cannot be used as a whole. */
export function refusedFile(file: string, found: string, allowed: string): InputFault {
  return new InputFault([{ place: { file }, key: "", found, allowed }]);
}

function further(faults: readonly Fault[]): Fault {
  const { file } = faults[mostTold].place;
  return {
    place: { file },
    key: "",
    found: `${faults.length - mostTold} more faults`,
    allowed: "none; mend these first",
  };
}

/** `file:line:column: key: found …; allowed: … (hint)` on one line. */
export function faultLine(fault: Fault): string {
  const { file, line, column } = fault.place;
  const at = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  const key = fault.key === "" ? "" : `${fault.key}: `;
  const hint = fault.hint === undefined ? "" : ` — ${fault.hint}`;
  return `${at}: ${key}found ${fault.found}; allowed: ${fault.allowed}${hint}`;
}

/** How a value looks in a message: JSON on one line, at most 60 characters. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function byPlace(a: Fault, b: Fault): number {
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0);
}
