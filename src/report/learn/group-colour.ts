import { type Group, groups } from "../../inference/learn/attribute.js";

const colours: Readonly<Record<Group, string>> = {
  position: "#7a7f87",
  chemical: "#a0457f",
  structure: "#3b3f8f",
  binder: "#8a6d3b",
  local: "#d0762c",
  other: "#4f8f5b",
};

/** A colour scale for those groups that are there. */
export function groupScale(present: readonly Group[]) {
  const domain = groups.filter((group) => present.includes(group));
  return { domain, range: domain.map((group) => colours[group]) };
}
