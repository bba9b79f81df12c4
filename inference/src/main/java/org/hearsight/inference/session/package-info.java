/** Runs ONNX graphs: the only place that sees ONNX Runtime's types. */
package org.hearsight.inference.session;
