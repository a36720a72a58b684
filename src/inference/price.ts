import { figures } from "../words/numbers.js";
import type { Synchronisation } from "./synchronisation.js";

/** What the user pays for the cycles: capacity where charges end at a voltage limit, voltage where charge is forced. */
export interface Price {
  readonly paid: "capacity" | "voltage";
  /** Share of the first charge that the last one no longer passed, to the limit; negative when it passed more. */
  readonly capacityLost: number;
  /** V, by which the end of charge rose. */
  readonly rise: number;
  /** Charges that a voltage limit ended. */
  readonly cutOffs: number;
}

/** The price by the last charge: one that a limit ended passed what it could, any other what was asked. */
export function priceOf({ cycles }: Synchronisation): Price {
  const [first, last] = [cycles[0], cycles[cycles.length - 1]];
  return {
    paid: last.cutOff && cycles.length > 1 ? "capacity" : "voltage",
    capacityLost: 1 - last.throughput / first.throughput,
    rise: last.voltage - first.voltage,
    cutOffs: cycles.filter(({ cutOff }) => cutOff).length,
  };
}

/** The headline of the price, a few words. */
export function priceHeadline({ paid, capacityLost, rise }: Price): string {
  if (paid === "voltage")
    return `end of charge ${rise >= 0 ? "rises" : "falls"} by ${figures(Math.abs(1000 * rise))} mV`;
  return `capacity ${capacityLost >= 0 ? "lost" : "won"} ${figures(100 * Math.abs(capacityLost))} %`;
}
