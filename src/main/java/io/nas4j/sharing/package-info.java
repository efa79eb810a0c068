/**
 * What every search that trains a supernet has in common: network, data and state on the device or
 * devices, epochs as slices, losses and steps, the memory that it takes.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code strategy}, {@code nn}, {@code
 * supernet} and {@code train}.
 */
package io.nas4j.sharing;
