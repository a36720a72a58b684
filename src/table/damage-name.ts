/** What a column called damage is a measure of. Two damages, and two names for each thing that is measured. */
export type DamageQuantity = "interface damage" | "detachment" | "crack share";

/** What each is, in words. */
export const damageMeaning: Readonly<Record<DamageQuantity, string>> = {
  "interface damage": "the state of a particle's interface with the carbon/binder, 0 sound to 1 parted; simulated",
  detachment: "the share of a particle's outside that touches no carbon/binder; measured",
  "crack share": "the volume of a particle's cracks over that of the particle with them",
};

const interfaceNames: ReadonlyMap<string, string> = new Map([
  ["Damage", "Interface damage"],
  ["Largest damage", "Largest interface damage"],
  ["Damage increment", "Interface damage increment"],
]);

/** Columns by which a table is known as one of a simulation. */
const ofSimulations = ["Largest damage", "Nominal coverage", "Charge passed [mAh/cm3]"];

/** Whether a name is the one that older and published tables have for both damages. */
export function isPlainDamage(name: string): boolean {
  return /^damage$/i.test(name.trim());
}

/**
 * What columns of an older or published table are called now: its damage is that of the interface where a simulation wrote it,
 * else the share of cracks.
 * @returns new names by old, only of those that change.
 */
export function currentNames(names: readonly string[]): ReadonlyMap<string, string> {
  const simulated = ofSimulations.some((name) => names.includes(name));
  const changed = names.flatMap((name): (readonly [string, string])[] => {
    const now = simulated
      ? interfaceNames.get(isPlainDamage(name) ? "Damage" : name)
      : isPlainDamage(name)
        ? "Crack share"
        : undefined;
    return now === undefined || names.includes(now) ? [] : [[name, now]];
  });
  return new Map(changed);
}

/** Names of the columns of simulations before they said which damage they hold, by the name now. */
export const olderNames: Readonly<Record<string, string>> = Object.fromEntries(
  [...interfaceNames].map(([old, now]) => [now, old]),
);

/** Which damage a column is, by its name; undefined for anything else. */
export function damageQuantity(name: string): DamageQuantity | undefined {
  const plain = name
    .replace(/\[.*?\]|\(paper\)/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
  if (/^(largest)?interfacedamage(increment)?$/.test(plain)) return "interface damage";
  if (/^(crackshare|damage|damage2d)$/.test(plain)) return "crack share";
  return /^detachment$/.test(plain) ? "detachment" : undefined;
}

/** Whether two of them may stand beside each other: the simulated interface beside what is seen of it. */
export function areLike(a: DamageQuantity | undefined, b: DamageQuantity | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (a === "crack share") === (b === "crack share");
}
