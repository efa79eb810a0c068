/**
 * The facts of a search: task, fidelity, cost, estimate, outcome, trial, history, objectives.
 *
 * <p>May use {@code space} and {@code data}.
 */
package io.nas4j.trial;
