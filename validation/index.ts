import { calibration } from "./calibration.js";
import { criteria } from "./criteria.js";
import { elements } from "./elements.js";
import { electrochemicalOrders, mechanicalOrders, temporalOrders } from "./orders.js";
import { patch } from "./patch.js";
import { sensitivity } from "./sensitivity.js";
import type { ValidationCase } from "./validation-case.js";

/** All cases, in the order in which they run. */
export const cases: readonly ValidationCase[] = [
  elements,
  patch,
  temporalOrders,
  mechanicalOrders,
  electrochemicalOrders,
  calibration,
  ...criteria,
  sensitivity,
];
