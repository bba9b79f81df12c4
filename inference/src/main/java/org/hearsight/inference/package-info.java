/** The library: models that are loaded and asked, on ONNX Runtime alone. */
package org.hearsight.inference;
