/** The facade: {@link io.nas4j.Nas} and what a search returns. May use every other package. */
package io.nas4j;
