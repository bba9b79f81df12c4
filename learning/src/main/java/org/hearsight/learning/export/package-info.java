/**
 * Writes the trained networks as ONNX graphs, straight from their named weights: what inference
 * runs, and what any other ONNX runtime can run too. No tensor library is involved.
 */
package org.hearsight.learning.export;
