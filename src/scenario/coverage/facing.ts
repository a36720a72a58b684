/**
 * Which way the patches of carbon/binder look: at a side, or as only a network of particles can tell. A way is one entry of
 * the table, from which follow what files may say, and messages.
 */
import { cos, sin } from "../../elementary/elementary.js";
import { type Side, sides } from "../../fem/mesh/mesh.js";
import { binderCloud } from "../../network/coverage/binder-cloud.js";
import { facingCollector, randomDirections, towardsCloud } from "../../network/coverage/patch-direction.js";
import type { Packing } from "../../space/packing.js";
import { note, type Reading } from "../reading.js";
import { patchAngles } from "./pattern.js";

/** The sides at which current enters and leaves. */
interface Electrodes {
  readonly collector: Side;
  readonly separator: Side;
}

interface Looking {
  readonly packing: Packing;
  readonly seed: number;
  readonly separator: Side;
  /** The carbon/binder cloud: m, the length over which it is alike, where the file gives one. */
  readonly cloud: { readonly length: number | undefined; readonly seed: number };
  readonly reading: Reading;
}

interface Facing {
  /** The side that it is; null where a side cannot say it. */
  side(electrodes: Electrodes): Side | null;
  /** Whether spheres of a network can look this way: they have no sides. */
  readonly ofSpheres: boolean;
  /** Unit vectors to the middles of the patches of a network, [particle][3]; undefined, and noted, where something is missing. */
  directions(looking: Looking): Float64Array | undefined;
}

/** At a side, in the plane. */
function towards({ centre }: Packing, side: Side): Float64Array {
  const angle = patchAngles[side];
  return Float64Array.from(centre, (_, k) => [cos(angle), sin(angle), 0][k % 3]);
}

const atSide = (side: Side): Facing => ({
  side: () => side,
  ofSpheres: false,
  directions: ({ packing }) => (side === "bottom" ? facingCollector(packing) : towards(packing, side)),
});

const facings = {
  collector: {
    side: ({ collector }) => collector,
    ofSpheres: true,
    directions: ({ packing }) => facingCollector(packing),
  },
  separator: {
    side: ({ separator }) => separator,
    ofSpheres: false,
    directions: ({ packing, separator }) => towards(packing, separator),
  },
  ...(Object.fromEntries(sides.map((side) => [side, atSide(side)])) as Readonly<Record<Side, Facing>>),
  random: {
    side: () => null,
    ofSpheres: true,
    directions: ({ packing, seed }) => randomDirections(packing, seed),
  },
  cloud: { side: () => null, ofSpheres: true, directions: towardsDensest },
} as const satisfies Readonly<Record<string, Facing>>;

/** The name of a way to look. */
export type FacingName = keyof typeof facings;

const named = Object.entries(facings) as readonly (readonly [FacingName, Facing])[];

/** Every way to look. */
export const facingNames = named.map(([name]) => name) as unknown as readonly [FacingName, ...FacingName[]];

const toSides = named.filter(([, { side }]) => side({ collector: "bottom", separator: "top" }) !== null);

/** Ways to look that are sides, in words. */
export const sidesFaced = toSides.map(([name]) => name).join(" | ");

/** The side that patches face; null where only a network can tell. */
export function sideFaced(name: FacingName, electrodes: Electrodes): Side | null {
  return facings[name].side(electrodes);
}

/** Unit vectors to the middles of the patches, [particle][3]. What cannot be is noted. */
export function patchDirections(name: FacingName, looking: Looking): Float64Array | undefined {
  const facing: Facing = facings[name];
  if (looking.packing.dimension === 2 || facing.ofSpheres) return facing.directions(looking);
  const allowed = named.filter(([, { ofSpheres }]) => ofSpheres).map(([each]) => each);
  note(looking.reading, ["coverage", "facing"], { allowed: `${allowed.join(" | ")}, for spheres` });
  return undefined;
}

/** Where the carbon/binder cloud about the particle is densest. */
function towardsDensest({ packing, cloud: { length, seed }, reading }: Looking): Float64Array | undefined {
  if (length !== undefined) return towardsCloud(packing, binderCloud(packing, length, seed));
  const allowed = "a correlationLength in coverage.distribution, over which the carbon/binder cloud is alike";
  note(reading, ["coverage", "facing"], { found: "cloud without one", allowed });
  return undefined;
}
