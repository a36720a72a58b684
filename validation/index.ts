import { autoencoder } from "./autoencoder.js";
import { calibration } from "./calibration.js";
import { doubleCantilever } from "./cantilever.js";
import { circuits } from "./circuit.js";
import { conduction } from "./conduction.js";
import { constantFlux } from "./constant-flux.js";
import { criteria } from "./criteria.js";
import { damagingOrders } from "./damage-orders.js";
import { diffusionStress } from "./diffusion-stress.js";
import { diskFaults } from "./disk-faults.js";
import { drift } from "./drift.js";
import { elements } from "./elements.js";
import { equalisation } from "./equalisation.js";
import { fitIntervals } from "./fit-intervals.js";
import { formats } from "./formats.js";
import { freeAlong } from "./free-along.js";
import { friedman } from "./friedman.js";
import { imagingBalls } from "./imaging-balls.js";
import { imagingCathode } from "./imaging-cathode.js";
import { imagingCrowd } from "./imaging-crowd.js";
import { imagingElectrode } from "./imaging-electrode.js";
import { imagingFilters } from "./imaging-filters.js";
import { imagingPhantoms } from "./imaging-phantoms.js";
import { imagingSlice } from "./imaging-slice.js";
import { imagingUNet } from "./imaging-unet.js";
import { imagingViews } from "./imaging-views.js";
import { kills } from "./kills.js";
import { labelledSlice } from "./labelled-slice.js";
import { malformed } from "./malformed.js";
import { ocpFit, rateTestFit } from "./measured-fits.js";
import { misfitTraction } from "./misfit.js";
import { neighbourTraction } from "./neighbour-traction.js";
import { networkAgreement } from "./network-agreement.js";
import { networkElectrolyte } from "./network-electrolyte.js";
import { networkLearning } from "./network-learning.js";
import { networkStatements } from "./network-statements.js";
import { electrochemicalOrders, mechanicalOrders, temporalOrders } from "./orders.js";
import { nrelPacking, packing } from "./packing.js";
import { patch } from "./patch.js";
import { plantedCauses } from "./planted-causes.js";
import { protocolMatrix } from "./protocols.js";
import { rankStability } from "./rank-stability.js";
import { regimesMesh } from "./regimes-mesh.js";
import { secondOrder } from "./second-order.js";
import { sensitivity } from "./sensitivity.js";
import { shapleyValues } from "./shapley.js";
import { singleParticle } from "./single-particle.js";
import { symmetry } from "./symmetry.js";
import { twoSample } from "./two-sample.js";
import type { ValidationCase } from "./validation-case.js";
import { vegardPatch, vegardPlatelets } from "./vegard.js";

/** All cases, in the order in which they run. */
export const cases: readonly ValidationCase[] = [
  elements,
  patch,
  temporalOrders,
  damagingOrders,
  mechanicalOrders,
  electrochemicalOrders,
  conduction,
  circuits,
  misfitTraction,
  freeAlong,
  doubleCantilever,
  diffusionStress,
  drift,
  equalisation,
  constantFlux,
  singleParticle,
  symmetry,
  ...protocolMatrix,
  calibration,
  packing,
  nrelPacking,
  ...criteria,
  secondOrder,
  sensitivity,
  regimesMesh,
  neighbourTraction,
  networkAgreement,
  networkElectrolyte,
  ...networkStatements,
  shapleyValues,
  twoSample,
  labelledSlice,
  friedman,
  plantedCauses,
  ...networkLearning,
  rankStability,
  autoencoder,
  fitIntervals,
  ocpFit,
  rateTestFit,
  vegardPatch,
  vegardPlatelets,
  imagingBalls,
  imagingFilters,
  imagingPhantoms,
  imagingElectrode,
  imagingCrowd,
  imagingCathode,
  imagingSlice,
  imagingViews,
  malformed,
  formats,
  imagingUNet,
  ...kills,
  ...diskFaults,
];
