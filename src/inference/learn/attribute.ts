/** Where an attribute of a particle belongs: Li et al., Science 376, 517 (2022), table S1, and the cover by binder. */
export const groups = ["position", "chemical", "structure", "binder", "local", "other"] as const;

/** Whether an attribute is a particle's own or its surroundings'. */
export type Group = (typeof groups)[number];

/** What a column of a particle table is to a model of damage. */
export interface ColumnRole {
  /** Its group, or why it cannot be a cause: it names the particle, or came out together with the damage. */
  readonly role: Group | "identity" | "outcome";
  /** How the damage itself enters the definition; absent when it does not. */
  readonly leak?: string;
}

interface Rule extends ColumnRole {
  readonly names: RegExp;
}

const crackSurface = "the surface of cracks is part of it where surfaces are counted on the cracked particle";
const crackGrey = "cracks inside the particle lower its mean and raise its spread";

/** The first rule that fits counts. Names are without unit, spaces and signs, in small letters. */
const rules: readonly Rule[] = [
  {
    role: "identity",
    names:
      /^(particle|grain|label|id|index|row|no|nr|number|touchesedge|cycle|cycles|state|seed|strategy|beyondcalibration|.*error|(particle|grain|label|cell|object|row|region|cluster)(id|no|nr|num|number|index|label|name))$/,
  },
  {
    role: "outcome",
    names:
      /^((largest)?(interface)?damage(increment)?|damage2d|crack.*|chargepassed|(mean|surface|centre)stoichiometry|radialstoichiometryrise|detachment.*|.*(opening|traction|current|overpotential).*)$/,
  },
  {
    role: "local",
    names:
      /(nearest|^loc[aeosv]|neighbour|contact|coordination|^density$|pdensity|packing|^nn\d|orientiso|std$|std\d|bondorder|fracfacesparticle)/,
  },
  { role: "binder", names: /(coverage|cbd|binder|carbon|patchdirection)/ },
  {
    role: "chemical",
    names:
      /^(edensity|(calibrated|surface|centre)?electrondensity|radialelectrondensityrise|homogeneity|meangrey|stdgrey|meangray|stdgray)$/,
    leak: crackGrey,
  },
  { role: "structure", names: /^(surf(ace)?inner|innersurface)/, leak: "it is the surface of cracks and voids" },
  { role: "structure", names: /^(roughinner|innerroughness)/, leak: "it is the roughness of cracks and voids" },
  { role: "structure", names: /^(sphericity.*|vsratio|volumesurfaceratio|surface)$/, leak: crackSurface },
  {
    role: "structure",
    names:
      /^(volume|radius|particleradius|req|diameter|eqdiam|area|surf|outer|rough|elongation|circularity|solidity|perimeter|major|minor|nativevoid|inradius)/,
  },
  { role: "position", names: /^([pc]?[xyz]|yaw|pitch|roll|dir[xyz]|ori[xyz]|depth)$/ },
];

/**
 * What a column is by its name, whatever its unit, spelling and register (`EDensity (paper)` is what `EDensity` is); a name that
 * is not known belongs to `other`.
 */
export function columnRole(name: string): ColumnRole {
  const plain = plainName(name.replace(/\(paper\)/i, ""));
  const found = rules.find(({ names }) => names.test(plain));
  if (!found) return { role: "other" };
  return found.leak === undefined ? { role: found.role } : { role: found.role, leak: found.leak };
}

/** `Mean distance to 6 nearest [um]`, `dis_nearest6_um` → words without unit, spaces and signs. */
export function plainName(name: string): string {
  return name
    .replace(/\[.*?\]/g, "")
    .replace(/_(um|um2|um3|px|px2|deg|nm)$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "");
}
