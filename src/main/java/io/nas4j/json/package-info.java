/**
 * The one text form of spaces, architectures, trials, strategies, estimators.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code estimate} and {@code strategy}.
 */
package io.nas4j.json;
