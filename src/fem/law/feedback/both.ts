import { exchange } from "./exchange.js";
import { feedback } from "./feedback.js";
import { film } from "./film.js";

/** Film and exchange together, each as alone. */
export const both = feedback({
  kind: "both",
  keys: { ...film.keys, ...exchange.keys },
  law: (choice) => ({
    filmResistance: film.law(choice).filmResistance,
    activity: exchange.law(choice).activity,
  }),
});
