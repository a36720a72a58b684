import type { Packing } from "../../space/packing.js";
import { mean } from "../../statistics/mean.js";
import { type Adjacency, adjacencyOf, type Contacts, contactsWithin } from "./contacts.js";

/** Whom every particle has near enough to conduct to it or to pull at it. */
export interface Sight {
  readonly contacts: Contacts;
  readonly adjacency: Adjacency;
  /** m, between surfaces. */
  readonly reach: number;
}

/** Neighbours further than this many mean radii, surface to surface, are not looked for. */
const SIGHT = 3;

/** @throws RangeError when a period is too short for the largest particles. */
export function sightOf(packing: Packing): Sight {
  const { radius } = packing;
  const reach = SIGHT * mean(radius);
  const contacts = contactsWithin(packing, reach);
  return { contacts, adjacency: adjacencyOf(contacts, radius.length), reach };
}
