/**
 * The loop: budget, events, executor SPI, journal, stop and resume.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code estimate}, {@code strategy} and
 * {@code json}.
 */
package io.nas4j.search;
