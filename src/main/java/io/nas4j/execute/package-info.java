/**
 * Where trials run, other than one after the other in the searching thread: threads of this JVM,
 * worker processes, a cluster of Apache Spark.
 *
 * <p>May use whatever an estimator or a strategy may be made of, {@code json} and {@code search}.
 */
package io.nas4j.execute;
