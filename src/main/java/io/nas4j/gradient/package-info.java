/**
 * Strategies that own weights: the DARTS family, one-shot, controllers.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code strategy}, {@code nn} and {@code
 * train}.
 */
package io.nas4j.gradient;
