/** Keys and words that files of earlier versions have, by dotted path, with what comes in their place. */
const former: Readonly<Record<string, string>> = {
  "interface.fatigue.rate":
    "damage grows with each loading, not with time: give perLoading, its growth a loading to referenceTraction; for damage by time " +
    'say kind: creep, with rate: what it was over the clock tau, such as "2.5e-3 1/s"',
  "interface.fatigue.kind=threshold": "it is called creep now, its rate in 1/s: what it was over the clock tau",
};

/** What came in place of a key, or of a word there; none where there never was such a one. */
export function formerHint(path: readonly PropertyKey[], found?: unknown): { hint?: string } {
  const key = path.map(String).join(".");
  const hint = former[found === undefined ? key : `${key}=${String(found)}`];
  return hint === undefined ? {} : { hint };
}
