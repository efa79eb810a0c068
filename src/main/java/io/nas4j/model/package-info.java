/**
 * A trained network to take away: used, judged, saved, loaded, handed over.
 *
 * <p>May use {@code operation}, {@code space}, {@code data}, {@code trial}, {@code analysis},
 * {@code json}, {@code nn} and {@code train}.
 */
package io.nas4j.model;
