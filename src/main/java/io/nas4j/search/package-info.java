/**
 * The loop: budget, events, executor SPI, stop and resume.
 *
 * <p>May use {@code operation}, {@code space}, {@code data}, {@code trial}, {@code analysis},
 * {@code estimate}, {@code strategy}, {@code json} and {@code journal}.
 */
package io.nas4j.search;
