/**
 * A network without holes becomes a DJL block: the compiler, the executor, parameter and
 * multiply-add counts.
 *
 * <p>May use {@code space}.
 */
package io.nas4j.nn;
