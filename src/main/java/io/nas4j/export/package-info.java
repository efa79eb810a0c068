/**
 * Trained networks as source code that needs nothing of nas4j: PyTorch, plain DJL, Graphviz; or as
 * a file of ONNX.
 *
 * <p>May use {@code operation}, {@code space}, {@code json}, {@code nn}, {@code train} and {@code
 * model}. What users named becomes text in the code, never code.
 */
package io.nas4j.export;
