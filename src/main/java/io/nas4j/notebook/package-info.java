/**
 * Views reach a Jupyter kernel: sinks, the live listener, kernel extensions.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code view} and {@code search}.
 */
package io.nas4j.notebook;
