import type { ActiveMaterial } from "./active-material.js";
import { chen2020 } from "./chen2020.js";
import { mohtat2020 } from "./mohtat2020.js";
import { okane2022 } from "./okane2022.js";
import { oregan2022 } from "./oregan2022.js";
import { xu2019 } from "./xu2019.js";

/** Published sets by the name that scenario files use. */
export const activeMaterials: Readonly<Record<string, ActiveMaterial>> = Object.fromEntries(
  [chen2020, mohtat2020, okane2022, oregan2022, xu2019].map((material) => [material.name, material]),
);
