import {
  detachmentByWay,
  type MeasuredElectrode,
  measuredElectrode,
  shellErrors,
  spreadError,
  worst,
} from "./imaging/electrode.js";
import type { ValidationCase, Verdict } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/** Painted electrodes with cracks, voids, binder that came off and lithium that changes from the surface inward. */
export const imagingElectrode: ValidationCase = {
  name: "imaging-electrode",
  title: "Detachment and stoichiometry from the surface inward of painted electrodes",
  slow: false,
  run: async () => [
    ...[1, 2].flatMap((seed) => verdicts(`seed ${seed}`, measuredElectrode(seed))),
    ...stated("noise alike over 0.3 µm", measuredElectrode(1, 0.3), 0.4),
  ],
};

function verdicts(name: string, electrode: MeasuredElectrode): Verdict[] {
  const { particles } = electrode.errors.get("Coverage")!;
  return [
    atMost(`${name}: coverage, largest error`, worst(electrode, "Coverage"), 0.03, `${particles} whole particles`),
    atMost(`${name}: detachment by way, root mean square error`, Math.max(...detachmentByWay(electrode)), 0.03),
    atMost(`${name}: spread of detachment at each size, largest error`, spreadError(electrode), 0.01),
    ...stated(name, electrode, 0.7),
  ];
}

/** Stoichiometries against the truth, and against the errors that are stated with them. */
function stated(name: string, electrode: MeasuredElectrode, least: number): Verdict[] {
  const shells = shellErrors(electrode);
  return [
    ...["Mean", "Surface", "Centre"].flatMap((where) => {
      const { bias, overError, particles, deviation } = electrode.errors.get(`${where} stoichiometry`)!;
      const details = `root mean square error ${deviation.toPrecision(3)}, ${particles} particles`;
      return [
        atMost(`${name}: ${where.toLowerCase()} stoichiometry, mean error`, bias, 0.02, details),
        between(`${name}: ${where.toLowerCase()} stoichiometry, error over the stated one`, overError!, least, 1.3),
      ];
    }),
    atMost(`${name}: stoichiometry by shell, mean error`, shells.bias, 0.01, `${shells.shells} shells`),
    between(`${name}: stoichiometry by shell, error over the stated one`, shells.overError, least, 1.3),
  ];
}
