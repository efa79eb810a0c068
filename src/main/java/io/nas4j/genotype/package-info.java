/**
 * Text forms of architectures that other projects write and read: DARTS genotypes, NAS-Bench-201
 * strings; and the cells that papers published.
 *
 * <p>May use {@code operation} and {@code space}.
 */
package io.nas4j.genotype;
