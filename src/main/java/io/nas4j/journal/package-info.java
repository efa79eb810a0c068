/**
 * What a search keeps on disk, so that a killed one resumes exactly: its journal and the lock on
 * it, the weights of its strategy and of trials that may be continued, and what makes two searches
 * the same.
 *
 * <p>May use {@code operation}, {@code space}, {@code data}, {@code trial}, {@code estimate},
 * {@code strategy} and {@code json}.
 */
package io.nas4j.journal;
