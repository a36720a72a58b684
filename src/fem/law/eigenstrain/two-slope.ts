import { square } from "../../../elementary/elementary.js";
import { means, number, share } from "../../../schema/leaf.js";
import { eigenstrain } from "./eigenstrain.js";

/** Half width in s of the rounded corner, at most. */
const CORNER = 0.02;

const volumeStrain = number(0, 0.5);

/**
 * Two straight pieces that meet at the knee, ε*(start) = 0, with a parabola over ±0.02 (at most a quarter of either
 * piece) in place of the corner; the losses over start→knee→end add up exactly. Continued straight outside.
 *
 * Shape: layered oxides of any nickel content collapse below about 40 % lithium, Jousseaume et al., Energy Environ.
 * Sci. (2024), 10.1039/D3EE04115H.
 */
export const twoSlope = eigenstrain({
  kind: "twoSlope",
  keys: {
    start: means("stoichiometry from which the material shrinks", share.default(0.9)),
    knee: means("stoichiometry at which it begins to collapse", share.default(0.4)),
    end: means("stoichiometry at which it has collapsed", share.default(0.2)),
    volumeAbove: means("volume lost from start to knee, as a share", volumeStrain.default(0.012)),
    volumeBelow: means("volume lost from knee to end, as a share", volumeStrain.default(0.045)),
  },
  faults: ({ start, knee, end }) =>
    start > knee && knee > end
      ? []
      : [{ found: `start ${start}, knee ${knee}, end ${end}`, allowed: "start > knee > end" }],
  law: ({ start, knee, end, volumeAbove, volumeBelow }) => {
    const above = volumeAbove / (3 * (start - knee));
    const below = volumeBelow / (3 * (knee - end));
    const half = Math.min(CORNER, (start - knee) / 4, (knee - end) / 4);
    const atKnee = -volumeAbove / 3;
    return {
      value: (s) => {
        const x = s - knee;
        if (x >= half) return atKnee + above * x;
        if (x <= -half) return atKnee + below * x;
        return atKnee + (above * square(x + half) - below * square(x - half)) / (4 * half);
      },
      derivative: (s) => {
        const x = s - knee;
        if (x >= half) return above;
        if (x <= -half) return below;
        return (above * (x + half) - below * (x - half)) / (2 * half);
      },
      validity: [end, start],
    };
  },
});
