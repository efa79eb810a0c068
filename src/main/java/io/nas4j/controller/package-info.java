/**
 * Strategies that write architectures token by token: the LSTM controller, its vocabulary, its
 * policy and what rewards teach it.
 *
 * <p>May use {@code space}, {@code data}, {@code trial}, {@code strategy}, {@code nn} and {@code
 * train}.
 */
package io.nas4j.controller;
