/**
 * Strategies that train a supernet: the DARTS family, ENAS, one-shot search.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code analysis}, {@code strategy}, {@code
 * nn}, {@code supernet}, {@code train} and {@code controller}.
 */
package io.nas4j.gradient;
