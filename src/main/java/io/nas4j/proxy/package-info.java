/**
 * Zero-cost proxies: how good a network is likely to be, from one minibatch before it has learned
 * anything.
 *
 * <p>May use {@code operation}, {@code space}, {@code data}, {@code trial}, {@code estimate},
 * {@code nn} and {@code train}.
 */
package io.nas4j.proxy;
