/**
 * Images or rows and their labels as plain arrays, splits, readers, the embedded sample.
 *
 * <p>Uses {@code space} for its argument check only, and no native library.
 */
package io.nas4j.data;
