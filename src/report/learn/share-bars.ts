import type { TopLevelSpec } from "vega-lite";
import { type Group, groups } from "../../inference/learn/attribute.js";
import { li2022Shares } from "../../inference/learn/li2022.js";
import type { TableRecord } from "../../inference/learn/record.js";
import { figure, ink, namesDown, quantitative } from "../figure/theme.js";
import { groupScale } from "./group-colour.js";

interface Share {
  readonly state: string;
  readonly group: Group;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Share of each group in the sum of mean |SHAP|, state by state, with what Li et al. (2022) found beside it. */
export function shareBars(tables: readonly TableRecord[], leakFree: boolean): TopLevelSpec {
  const found = tables.flatMap((table) => {
    const shares = leakFree ? (table.leakFree ?? table).groupShares : table.groupShares;
    return shares ? groups.map((group): Share => ({ state: table.name, group, ...shares[group] })) : [];
  });
  const reference = li2022Shares.flatMap(({ cycles, shares }) =>
    groups.flatMap((group): Share[] => {
      const share = shares[group];
      if (!share) return [];
      const { mean, sd } = share;
      return [{ state: `Li 2022, ${cycles} cycles`, group, mean, low: mean - 2 * sd, high: mean + 2 * sd }];
    }),
  );
  const present = groups.filter((group) =>
    [...found, ...reference].some((share) => share.group === group && share.mean > 0),
  );
  const values = [...found, ...reference].filter(({ group }) => present.includes(group));
  const states = [...new Set(values.map(({ state }) => state))];
  return figure("Bars: share of each group of attributes in the sum of mean absolute SHAP values, one panel a state.", {
    height: 95 + 11 * (present.length + 1) * states.length,
    data: { values },
    encoding: {
      y: namesDown("state", states, 170),
      yOffset: { field: "group", sort: present },
    },
    layer: [
      {
        mark: { type: "bar" },
        encoding: {
          x: { field: "mean", type: quantitative, title: "Share of Σ mean |SHAP|" },
          color: { field: "group", type: "nominal", title: null, scale: groupScale(present) },
        },
      },
      {
        mark: { type: "rule", color: ink },
        encoding: { x: { field: "low", type: quantitative }, x2: { field: "high" } },
      },
    ],
  });
}
