import type { Fields } from "../fem/model/frame.js";

/** Numbers with their layout `[node or cell][components]`. */
export interface FieldValues {
  readonly components: number;
  readonly values: Float64Array;
}

/** A field in the files of a run: its name there, and what is written. */
interface FieldColumn {
  readonly name: string;
  readonly components: number;
  readonly of: (fields: Fields) => Float64Array;
}

const scalar = (name: string, of: FieldColumn["of"]): FieldColumn => ({ name, components: 1, of });

/** Fields on the nodes. */
export const nodeFields = {
  stoichiometry: scalar("Stoichiometry", ({ stoichiometry }) => stoichiometry),
  potential: scalar("Potential [V]", ({ potential }) => potential),
  displacement: { name: "Displacement [m]", components: 2, of: ({ displacement }: Fields) => displacement },
  damage: scalar("Damage", ({ damage }) => damage),
  opening: scalar("Opening [m]", ({ opening }) => opening),
  traction: scalar("Traction [Pa]", ({ traction }) => traction),
  currentDensity: scalar("Current density [A/m2]", ({ currentDensity }) => currentDensity),
} as const;

/** Fields on the cells. */
export const cellFields = {
  hydrostaticStress: scalar("Hydrostatic stress [Pa]", ({ hydrostaticStress }) => hydrostaticStress),
  vonMisesStress: scalar("Von Mises stress [Pa]", ({ vonMisesStress }) => vonMisesStress),
  outOfPlaneStress: scalar("Out-of-plane stress [Pa]", ({ outOfPlaneStress }) => outOfPlaneStress),
} as const;

/** What is written of fields, by name. */
export function fieldValues(
  columns: Readonly<Record<string, FieldColumn>>,
  fields: Fields,
): Record<string, FieldValues> {
  return Object.fromEntries(
    Object.values(columns).map(({ name, components, of }) => [name, { components, values: of(fields) }]),
  );
}
