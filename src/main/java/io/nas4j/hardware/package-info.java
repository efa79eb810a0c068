/**
 * What a network takes: its size as a constraint of a space, its latency and memory on a device as
 * metrics, and the score weighed against them.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code estimate}, {@code nn} and {@code
 * train}.
 */
package io.nas4j.hardware;
