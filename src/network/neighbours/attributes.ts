import { ballMeasure, type Packing } from "../../space/packing.js";
import { mean } from "../../statistics/mean.js";
import { contactShare } from "./contact-share.js";
import { type Contacts, contactsWithin, coordination } from "./contacts.js";
import { meanDistance, nearestNeighbours } from "./nearest.js";
import { bondOrder, orientationOrder } from "./order.js";
import { packingDensity } from "./packing-density.js";
import { spreadAmongNearest } from "./spread.js";

/** What surrounds each particle, [particle] every column. */
export interface ParticleSurroundings {
  /** Contacts. */
  readonly coordination: Float64Array;
  /** Share of the shell about the particle that others take. */
  readonly contactShare: Float64Array;
  /** Solid share of the window about the particle. */
  readonly packingDensity: Float64Array;
  /** m, to the nearest centre. */
  readonly nearestDistance: Float64Array;
  /** m, mean to the six nearest centres. */
  readonly nearestSixDistance: Float64Array;
  /** Order of the directions to the six nearest, 0 … 1. */
  readonly bondOrder: Float64Array;
  /** Order of the axes of the six nearest, 0 … 1; NaN for particles without an axis. */
  readonly orientationOrder: Float64Array;
  /** m³: standard deviation of the volume of the six nearest, as spheres of their radii also in 2-D. */
  readonly volumeSpread: Float64Array;
  /** Standard deviation of the elongation of the six nearest. */
  readonly elongationSpread: Float64Array;
  /** Standard deviation of the sphericity of the six nearest. */
  readonly sphericitySpread: Float64Array;
}

/** A network's neighbours as columns: `particle.*` and `contact.*`. */
export interface Neighbourhood {
  readonly particle: ParticleSurroundings;
  readonly contact: Contacts;
}

/** What counts as near. */
export interface NeighbourhoodOptions {
  /** m: surfaces nearer than this touch; `defaultContactGap` when left out. */
  readonly contactGap?: number;
  /** m: thickness of the shell for the contact share; the contact gap when left out. */
  readonly shell?: number;
  /** m: half the side of the window of the packing density; 10 µm when left out. */
  readonly windowReach?: number;
  /** Unit vectors along the longest axis, [particle][3]; particles are balls when left out. */
  readonly axis?: Float64Array;
  /** Longest over shortest axis, [particle]; 1 when left out. */
  readonly elongation?: Float64Array;
  /** Surface of a ball of the same volume over the surface, [particle]; 1 when left out. */
  readonly sphericity?: Float64Array;
}

const NEAREST = 6;
const WINDOW_REACH = 10e-6;

/**
 * Gap below which balls count as touching, over their mean radius. With it balls packed to the radii and solid fraction of a
 * tomographed NMC cathode have the coordination that its watershed segmentation shows (docs/networks.md).
 */
const CONTACT_GAP_OVER_RADIUS = 1 / 6;

/** m */
function defaultContactGap(packing: Packing): number {
  return CONTACT_GAP_OVER_RADIUS * mean(packing.radius);
}

/** Contacts and surroundings of every particle; definitions as in Li et al., Science 376 (2022) 517, table S1, for balls. */
export function neighbourhood(packing: Packing, options: NeighbourhoodOptions = {}): Neighbourhood {
  const { dimension, radius } = packing;
  const gap = options.contactGap ?? defaultContactGap(packing);
  const contact = contactsWithin(packing, gap);
  const nearest = nearestNeighbours(packing, NEAREST);
  const volume = radius.map((r) => ballMeasure(3, r));
  const ball = radius.map(() => 1);
  const { axis, elongation = ball, sphericity = ball } = options;
  return {
    contact,
    particle: {
      coordination: Float64Array.from(coordination(contact, radius.length)),
      contactShare: contactShare(packing, options.shell ?? gap),
      packingDensity: packingDensity(packing, options.windowReach ?? WINDOW_REACH),
      nearestDistance: radius.map((_, i) => nearest.distance[i * nearest.each] ?? Number.NaN),
      nearestSixDistance: meanDistance(nearest, radius.length),
      bondOrder: bondOrder(packing, nearest),
      orientationOrder: axis ? orientationOrder(dimension, axis, nearest) : radius.map(() => Number.NaN),
      volumeSpread: spreadAmongNearest(volume, nearest),
      elongationSpread: spreadAmongNearest(elongation, nearest),
      sphericitySpread: spreadAmongNearest(sphericity, nearest),
    },
  };
}

/** The columns of a particle table, named as those of a measured one. */
export function surroundingsColumns(particle: ParticleSurroundings): Record<string, Float64Array> {
  const scaled = (values: Float64Array, factor: number) => values.map((value) => value * factor);
  return {
    Contact: particle.contactShare,
    Coordination: particle.coordination,
    "Packing density": particle.packingDensity,
    "Nearest distance [um]": scaled(particle.nearestDistance, 1e6),
    "Distance of six nearest [um]": scaled(particle.nearestSixDistance, 1e6),
    "Volume spread of six nearest [um3]": scaled(particle.volumeSpread, 1e18),
    "Elongation spread of six nearest": particle.elongationSpread,
    "Sphericity spread of six nearest": particle.sphericitySpread,
    "Orientation order of six nearest": particle.orientationOrder,
    "Bond order of six nearest": particle.bondOrder,
  };
}
