/**
 * Trained networks as ONNX files for other programs, each held against libtorch before it is kept.
 */
package org.hearsight.learning.deploy;
