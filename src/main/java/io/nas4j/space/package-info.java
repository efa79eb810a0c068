/**
 * Which architectures exist: the grammar with holes, decisions, architectures, ready-made spaces.
 *
 * <p>Uses no other package of nas4j and no native library.
 */
package io.nas4j.space;
