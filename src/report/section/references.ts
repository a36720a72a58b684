import { activeMaterials } from "../../fem/material/library.js";
import { escapeHtml, section } from "../html.js";
import { setsUsed } from "./parameters.js";

interface Reference {
  readonly text: string;
  readonly doi: string;
  readonly use: string;
}

const always: readonly Reference[] = [
  {
    text: "Li et al., Science 376, 517 (2022)",
    doi: "10.1126/science.abm8962",
    use: "the network of particles in two classes of carbon/binder, the moduli, τ, and the panels",
  },
  {
    text: "Jiang et al., Nature Communications 11, 2310 (2020)",
    doi: "10.1038/s41467-020-16233-5",
    use: "detachment of particles from carbon/binder and what it does to conduction",
  },
  {
    text: "Deng et al., Nature Materials 21, 547 (2022)",
    doi: "10.1038/s41563-021-01191-0",
    use: "strain against composition, close to linear",
  },
];

/** Works that the run rests on, with the published sets it takes values from. */
export function references(scenario: Readonly<Record<string, unknown>>): string {
  const sets = setsUsed(scenario).flatMap((name): Reference[] => {
    const set = activeMaterials[name];
    return set ? [{ text: set.citation, doi: set.doi, use: `the set ${name}` }] : [];
  });
  const items = [...always, ...sets].map(
    ({ text, doi, use }) =>
      `<li>${escapeHtml(text)}, doi <span class="doi">${escapeHtml(doi)}</span>: ${escapeHtml(use)}.</li>`,
  );
  return section("references", "References", `<ul>${items.join("\n")}</ul>`);
}
