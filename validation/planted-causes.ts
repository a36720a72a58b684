import { differenceOf } from "../src/inference/learn/difference.js";
import { learnTable } from "../src/inference/learn/learn.js";
import { mean } from "../src/statistics/mean.js";
import { publishedForest } from "./learning/learn-settings.js";
import { twoStates } from "./learning/two-states.js";
import type { ValidationCase } from "./validation-case.js";
import { atMost, between } from "./verdicts.js";

/**
 * Damage made from own attributes early and from the neighbourhood late, with one attribute that is the damage by another
 * name: the bands asked of a reproduction of Fig. 4 of Li et al., Science 376, 517 (2022).
 */
export const plantedCauses: ValidationCase = {
  name: "planted-causes",
  title: "learning finds own attributes early and the neighbourhood late where they were planted; leaks and controls",
  slow: true,
  run: async ({ report }) => {
    const { early, late } = twoStates();
    const first = await learnTable("early", early, publishedForest, report);
    const second = await learnTable("late", late, publishedForest, report);
    const [a, b] = [first.leakFree!, second.leakFree!];
    const [before, after] = [a.groupShares!, b.groupShares!];
    const state = (name: string, ranking: typeof a) => ({ ...ranking, name, ranking });
    const difference = differenceOf(state("early", a), state("late", b))!;
    const order = [...b.contributions.keys()].sort((i, j) => b.contributions[j].mean - b.contributions[i].mean);
    const localFirst = order.slice(0, 3).filter((k) => b.groups[k] === "local").length;
    const gap = after.local.low - before.local.high;
    const permuted = [first, second].flatMap(({ permuted: { r2 } }) => r2);
    const planted = [first, second].flatMap((each) => each.planted);
    return [
      between("share of the neighbourhood, early", before.local.mean, 0, 0.15),
      between("share of the neighbourhood, late", after.local.mean, 0.4, 1),
      between("gap between their bands of 95 %", gap, 0, 1),
      between("fall of the share of own structure", before.structure.mean - after.structure.mean, 0.25, 1),
      between("neighbourhood among the first three, late", localFirst, 3, 3),
      between("rank agreement of the two states", difference.rankAgreement, -1, 0.5),
      between("R² without leaks, early", a.scores.r2, 0.6, 1),
      between("ρ of the planted leak", first.leakage[0].rho, 0.8, 1),
      atMost("adding up", Math.max(a.additivityError!, b.additivityError!), 1e-9),
      between("R² of permuted targets, mean", mean(permuted), -1, 0),
      between("planted causes found", planted.filter(({ holds }) => holds).length, planted.length, planted.length),
    ];
  },
};
