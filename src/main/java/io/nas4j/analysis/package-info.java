/**
 * Facts become findings, without drawing: Pareto fronts, comparison with luck, baselines, spread
 * over seeds, lineage, exploration, the collapse doctor, trust in estimators.
 *
 * <p>May use {@code space} and {@code trial}.
 */
package io.nas4j.analysis;
