/**
 * All networks of a space as one set of weights: the relaxed network, its fused forms, its paths
 * and their statistics.
 *
 * <p>May use {@code space} and {@code nn}.
 */
package io.nas4j.supernet;
