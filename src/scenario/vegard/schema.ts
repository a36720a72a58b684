import * as z from "zod";
import { references } from "../../inference/vegard/design.js";
import { boundaries } from "../../inference/vegard/prepared.js";
import { registrations } from "../../inference/vegard/registration.js";
import { type CrystalName, crystalAxes, crystals, planeStates } from "../../inference/vegard/stiffness.js";
import { count, list, number, positive, quantity, section, text, word } from "../../schema/leaf.js";

/** What a page of a stack may show. `none` is passed over. */
export const channels = ["composition", "xx", "yy", "xy", "mask", "bad", "guide", "none"] as const;
export type Channel = (typeof channels)[number];

const channelList = list(word(channels), "channels, one a page", 100);

const crystalNames = Object.keys(crystals) as [CrystalName, ...CrystalName[]];
const modulus = positive("pressure");
const isotropic = section({ youngModulus: modulus, poissonRatio: number(-1, 0.5, { low: true, high: true }) });
const orthorhombic = section({
  c11: modulus,
  c22: modulus,
  c33: modulus,
  c44: modulus,
  c55: modulus,
  c66: modulus,
  c12: quantity("pressure"),
  c13: quantity("pressure"),
  c23: quantity("pressure"),
});
const named = `${crystalNames.join(" | ")} | youngModulus and poissonRatio | c11, c22, c33, c44, c55, c66, c12, c13, c23`;
const material = z.union([word(crystalNames), isotropic, orthorhombic], { error: named });
const stiffness = z.union([section({ empty: material, full: material }), material], {
  error: `empty and full, or for both: ${named}`,
});

const angle = quantity("angle");
const noise = number(0, 1);
const share = number(-0.5, 0.5);

const particle = section({
  name: text("a short name"),
  file: text("the path of a stack"),
  dataset: text().optional(),
  channels: channelList.optional(),
  angle: angle.prefault("0 deg"),
  composition: section({
    file: text("the path of a stack"),
    dataset: text().optional(),
    channels: channelList.prefault(["composition"]),
    pixelSize: positive("length").optional(),
  }).optional(),
});

const inclusion = section({
  particle: text("the name of a particle, P1 to P5"),
  x: share.default(0),
  y: share.default(0),
  halfLength: number(0, 0.5, { low: true }).default(0.08),
  halfThickness: number(0, 0.5, { low: true }).default(0.02),
  angle: angle.prefault("0 deg"),
  strain: number(-0.2, 0.2).default(0.03),
});

const powers = z
  .array(number(-1, 1), { error: "factors of composition, its square and its cube" })
  .max(3, { error: "at most three factors" });

const synthetic = section({
  particles: count(1, 5).default(5),
  pixels: count(16, 512).default(64),
  fineness: count(1, 4).default(1),
  law: section({
    first: powers.default([0.0503]),
    second: powers.default([-0.019]),
    shear: powers.default([]),
  }).prefault({}),
  border: number(0.5, 50).default(2.5),
  strainNoise: noise.default(0.003),
  compositionNoise: noise.default(0),
  badPixels: number(0, 0.9).default(0),
  inclusions: z.array(inclusion, { error: "a list of inclusions" }).default([]),
  displaced: section({
    x: number(-100, 100).default(0),
    y: number(-100, 100).default(0),
    angle: angle.prefault("0 deg"),
  }).optional(),
  angles: list(angle, "angles", 5).prefault(["0 deg"]),
  seed: count(0, 2 ** 32 - 1).default(1),
});

/** `stack.yaml`: which pictures show what, and what holds the particles together. */
export const stackFile = section({
  title: text().optional(),
  pixelSize: positive("length").optional(),
  boundary: word(boundaries).default("free"),
  state: word(planeStates).default("planeStress"),
  axes: z
    .tuple([word(crystalAxes), word(crystalAxes)], { error: "two of a, b, c" })
    .refine(([first, second]) => first !== second, { error: "two different ones of a, b, c" })
    .default(["a", "c"]),
  shear: z.boolean({ error: "true | false" }).default(false),
  stiffness: stiffness.prefault({ empty: "FePO4", full: "LiFePO4" }),
  reference: word(references).default("shared"),
  compositionNoise: z
    .union([number(0, 1), z.literal("estimate")], { error: "a number from 0 to 1 | estimate" })
    .default("estimate"),
  heldOut: text("the name of a particle").optional(),
  registration: word(registrations).default("none"),
  channels: channelList.prefault(["composition", "xx", "yy", "xy", "mask"]),
  particles: list(particle, "particles", 1000).optional(),
  synthetic: synthetic.optional(),
});

export type StackFile = z.output<typeof stackFile>;
