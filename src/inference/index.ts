/**
 * `synchrode/inference`: measures and criteria of synchronisation, comparison of particle tables, random forests with exact SHAP
 * values, spatial statistics and least-squares fits.
 */

export {
  columnOf,
  type ParticleTable,
  particleTable,
  particleTableText,
  readParticleTable,
} from "../table/particle-table.js";
export type { BetaFit, Fitted, ZeroInflatedBeta } from "./compare/beta-fit.js";
export type { Between, Estimate as StatisticEstimate, Persistence, TableSummary } from "./compare/compare.js";
export { type CompareSettings, type Comparison, compareParticles } from "./compare/compare.js";
export type { ComparisonTest } from "./compare/comparison-tests.js";
export type { Density } from "./compare/density.js";
export type { DepthTrend } from "./compare/depth-trend.js";
export type { MeasuredParticles } from "./compare/measured-particles.js";
export { type DistanceName, type TwoSampleTest, twoSampleTests } from "./compare/two-sample.js";
export type { Controls } from "./controls.js";
export { type Criterion, judge } from "./criteria.js";
export type { Covariance } from "./fit/covariance.js";
export { type ClosedForm, curveFit } from "./fit/curve-fit.js";
export type { Estimate } from "./fit/estimate.js";
export type { StartRecord } from "./fit/fit.js";
export { type LeastSquares, type LeastSquaresOrNot, type LeastSquaresSettings, leastSquares } from "./fit/fit.js";
export type { Differences, Jacobian } from "./fit/jacobian.js";
export type { FitParameter } from "./fit/parameter.js";
export type { FitProblem, Predict } from "./fit/problem.js";
export type { Profile } from "./fit/profile.js";
export type { Minimum } from "./fit/trust-region.js";
export type { Forest } from "./forest/forest.js";
export { predict, type TrainedForest, trainForest } from "./forest/forest.js";
export type { Samples } from "./forest/samples.js";
export type { ForestSettings } from "./forest/settings.js";
export type { Tree } from "./forest/tree.js";
export type { Group, groups } from "./learn/attribute.js";
export type { Band, ContributionRun, ContributionSettings } from "./learn/contribution.js";
export type { PermutedControl, PlantedControl } from "./learn/control.js";
export type { Correlation } from "./learn/correlation.js";
export type { Crew } from "./learn/crew.js";
export type { Leak } from "./learn/leakage.js";
export { type Learned, type LearnSettings, learnTable } from "./learn/learn.js";
export type { Ranking, Scores, SetContribution } from "./learn/ranking.js";
export type { Outcome, Part } from "./learn/task.js";
export type { CycleRecord, FirstCharge, RunRecord } from "./run-record.js";
export { type Explanation, explain, explainPairs, meanAbsolute, type PairExplanation } from "./shap/explain.js";
export type { LeafPath } from "./shap/leaf-path.js";
export type { PathGame, ValueFunction } from "./shap/path-game.js";
export type { Places } from "./spatial/places.js";
export type { LabellingTest } from "./spatial/random-labelling.js";
export type { DistanceFunction, SevereFindings } from "./spatial/spatial.js";
export { type SpatialFindings, type SpatialSettings, spatialFindings } from "./spatial/spatial.js";
export { measureSynchronisation, type Synchronisation } from "./synchronisation.js";
