import type { Outcome, Predict } from "../../inference/fit/problem.js";

/** A prediction that failed. */
export interface Failure {
  readonly values: readonly number[];
  readonly reason: string;
}

/** Counts what was asked, keeps what was found, and lists failures. */
export interface Evaluations {
  readonly predict: Predict;
  readonly counts: () => { readonly asked: number; readonly failed: number };
  readonly failures: readonly Failure[];
}

/** Failures that are listed; more are counted. */
const mostFailures = 200;

/** Points kept in memory, the oldest going first. */
const mostKept = 2000;

/** Never asks twice for the same point. */
export function evaluations(predict: Predict): Evaluations {
  const kept = new Map<string, Outcome>();
  const failures: Failure[] = [];
  let [asked, failed] = [0, 0];
  return {
    failures,
    counts: () => ({ asked, failed }),
    async predict(points) {
      const keys = points.map((values) => values.join("/"));
      const fresh = [...new Set(keys)].filter((key) => !kept.has(key));
      const found = fresh.length === 0 ? [] : await predict(fresh.map((key) => points[keys.indexOf(key)]));
      const here = new Map(fresh.map((key, k) => [key, found[k]]));
      for (const [key, outcome] of here) {
        asked++;
        if (!outcome.ok && ++failed <= mostFailures)
          failures.push({ values: points[keys.indexOf(key)], reason: outcome.reason });
        kept.set(key, outcome);
      }
      const outcomes = keys.map((key) => here.get(key) ?? kept.get(key)!);
      for (const key of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(key);
      }
      return outcomes;
    },
  };
}
