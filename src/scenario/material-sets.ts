/** The published sets that a scenario may name. */
export interface MaterialSet {
  /** mol/m³ */
  readonly maximumConcentration: number;
  /** Range of s in which the source gives the open-circuit potential. */
  readonly validity: readonly [low: number, high: number];
}

export const materialSets: Readonly<Record<string, MaterialSet>> = {
  Chen2020: { maximumConcentration: 63104, validity: [0.22, 0.95] },
  OKane2022: { maximumConcentration: 63104, validity: [0.22, 0.95] },
  ORegan2022: { maximumConcentration: 51765, validity: [0.22, 0.95] },
  Mohtat2020: { maximumConcentration: 35380, validity: [0.1, 0.99] },
  Xu2019: { maximumConcentration: 48230, validity: [0.1, 0.99] },
};
