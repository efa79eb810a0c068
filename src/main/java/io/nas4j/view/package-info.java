/**
 * Facts become immutable view models, and these SVG, HTML, text, tablesaw tables and figures.
 *
 * <p>May use {@code space}, {@code data} and {@code trial}.
 */
package io.nas4j.view;
