/**
 * Many searches side by side: the journals of a folder, which of them found the best, how fast, and
 * what their scores depend on.
 *
 * <p>May use {@code operation}, {@code space}, {@code trial}, {@code analysis}, {@code json},
 * {@code journal} and {@code view}. It reads; searches write.
 */
package io.nas4j.study;
