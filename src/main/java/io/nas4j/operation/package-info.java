/**
 * What an operation is: its name, its arguments and its layers as a list of primitives; and the
 * catalogue of those that nas4j brings. A description only: compilers read it.
 */
package io.nas4j.operation;
