/**
 * What to try next: the strategy SPI and the strategies that need no weights.
 *
 * <p>May use {@code space} and {@code trial}.
 */
package io.nas4j.strategy;
