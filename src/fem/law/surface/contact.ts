/**
 * Electrons enter where carbon touches the particle, lithium reacts all over its surface:
 *   j = λ(D) g (φ − φ_p),   ∇·(σ_p(s) ∇φ_p) = 0
 *
 *   g      S/m²   conductance of the contact to each class of carbon/binder
 *   σ_p    S/m    conductivity of the particle
 *   λ(D)   –      1 − D where the contact is lost with damage, else 1
 *
 * A contact of carbon on NMC costs about as much as charge transfer, and NMC conducts far better than was thought; published
 * positive electrodes have 0.18 and 0.85 S/m, delithiated NMC some 1 S/m (Amin & Chiang, J. Electrochem. Soc. 163 (2016) A1512).
 * The conductances are assumed: g_high near 1/R_ct, g_low much smaller.
 */
import * as z from "zod";
import { list, means, positive, section, share, word } from "../../../schema/leaf.js";
import type { StoichiometryFunction } from "../law.js";
import { constant, table } from "../stoichiometry-function.js";
import { surface } from "./surface.js";

const spreads = ["none", "equipotential"] as const;
const points = section({
  stoichiometry: means("stoichiometries of the table", list(share, "numbers from 0 to 1", 10_000)),
  values: means("conductivities at these stoichiometries", list(positive("conductivity"), "conductivities", 10_000)),
});

/** The particle's conduction as files say it. */
const conduction = z.union([word(spreads), positive("conductivity"), points], {
  error: `${spreads.join(" | ")} | a conductivity with its unit | a mapping with the keys stoichiometry and values`,
});

type Points = z.output<typeof points>;

/** Electrons pass contacts and the particle. */
export const contact = surface({
  kind: "contact",
  keys: {
    conduction: means("how electrons spread in a particle from its contacts", conduction.default("equipotential")),
    high: means("conductance of the contact to carbon/binder of high conductivity", positive("areaConductance")),
    low: means("conductance of the contact to carbon/binder of low conductivity", positive("areaConductance")),
    damage: means("whether the contact is lost with damage of the interface", word(["lost", "kept"]).default("lost")),
  },
  settle: ({ conduction, ...rest }) => ({
    ...rest,
    conduction: typeof conduction === "number" ? { constant: conduction } : conduction,
  }),
  faults: ({ conduction }) => (typeof conduction === "object" && "values" in conduction ? pointFaults(conduction) : []),
  law: ({ conduction, high, low, damage }) => ({
    conduction: typeof conduction === "string" ? conduction : conductivity(conduction),
    conductance: [high, low],
    left: damage === "lost" ? (d) => 1 - d : () => 1,
  }),
});

function conductivity(choice: { readonly constant: number } | Points): StoichiometryFunction {
  return "constant" in choice ? constant(choice.constant) : throughPoints(choice);
}

function throughPoints({ stoichiometry, values }: Points): StoichiometryFunction {
  return table(stoichiometry.map((s, k) => [s, values[k]] as const));
}

/** A table that is none, or whose continuation to s = 0 or 1 is no conductivity. */
function pointFaults({ stoichiometry, values }: Points) {
  const found = `${stoichiometry.length} stoichiometries and ${values.length} conductivities`;
  if (stoichiometry.length !== values.length) return [{ found, allowed: "as many of one as of the other" }];
  const rises = stoichiometry.length > 1 && stoichiometry.every((s, k) => k === 0 || s > stoichiometry[k - 1]);
  if (!rises) return [{ found: "stoichiometries that do not rise", allowed: "two or more rising stoichiometries" }];
  const { value } = throughPoints({ stoichiometry, values });
  return [0, 1].flatMap((s) =>
    value(s) > 0
      ? []
      : [
          {
            found: `${value(s).toPrecision(3)} S/m at s = ${s}, where the table goes on straight`,
            allowed: "above 0 S/m; extend the table",
          },
        ],
  );
}
