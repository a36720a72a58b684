import { join } from "node:path";
import { packageFolder } from "../../src/scenario/version.js";

/** A positive electrode that the protocols are run with. */
export interface MatrixMaterial {
  readonly name: string;
  /** Keys of `activeMaterial` that choose it. */
  readonly choice: { readonly set: string } | { readonly bpx: string };
  readonly initialStoichiometry: number;
  /** µm */
  readonly radius: number;
  /** Where its own depends on stoichiometry, which networks do not take. */
  readonly networkDiffusivity?: string;
  /** V, what its source gives as its window; the others are tried all the same. */
  readonly window: readonly [upper: number, lower: number];
}

const set = (
  name: string,
  initialStoichiometry: number,
  radius: number,
  window: readonly [number, number],
): MatrixMaterial => ({ name, choice: { set: name }, initialStoichiometry, radius, window });

const bpx = (
  name: string,
  file: string,
  rest: Pick<MatrixMaterial, "initialStoichiometry" | "radius" | "window">,
): MatrixMaterial => ({
  name,
  choice: { bpx: join(packageFolder(), "validation", "protocols", file) },
  ...rest,
});

/** Every shipped set, and three chemistries by BPX files; sources stand in the files. */
export const materials: readonly MatrixMaterial[] = [
  set("Chen2020", 0.85, 5.22, [4.2, 2.5]),
  set("OKane2022", 0.85, 5.22, [4.2, 2.5]),
  { ...set("ORegan2022", 0.85, 5.22, [4.4, 2.5]), networkDiffusivity: "4e-15 m^2/s" },
  set("Mohtat2020", 0.9, 3.5, [4.2, 2.8]),
  set("Xu2019", 0.9, 5.3, [4.2, 3.5]),
  bpx("NMC111", "nmc111.bpx.json", { initialStoichiometry: 0.93, radius: 4.6, window: [4.2, 2.7] }),
  bpx("LFP", "lfp.bpx.json", { initialStoichiometry: 0.93, radius: 0.5, window: [3.65, 2.5] }),
  bpx("LCO", "lco.bpx.json", { initialStoichiometry: 0.85, radius: 2, window: [4.2, 2.8] }),
];
