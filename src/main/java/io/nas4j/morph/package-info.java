/**
 * Weights pass from one network to another: what is alike is copied, what has grown is grown so
 * that the network computes what it did.
 *
 * <p>May use {@code space} and {@code nn}.
 */
package io.nas4j.morph;
