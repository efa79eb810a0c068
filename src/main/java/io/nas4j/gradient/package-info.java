/**
 * Strategies that relax a space and follow a gradient: the DARTS family.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code analysis}, {@code strategy}, {@code
 * nn}, {@code supernet}, {@code train} and {@code sharing}.
 */
package io.nas4j.gradient;
