/**
 * Writes the networks as ONNX graphs, by running them on values that add nodes: what inference
 * runs, and what any other ONNX runtime can run too.
 */
package org.hearsight.learning.export;
