/** The Open Inference Protocol, version 2: the model by its tensors. */
package org.hearsight.server.oip;
