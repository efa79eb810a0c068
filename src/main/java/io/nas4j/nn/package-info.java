/**
 * Grammar to DJL blocks: operations, mixed operations, the supernet, parameter and multiply-add
 * counts.
 *
 * <p>May use {@code space}.
 */
package io.nas4j.nn;
