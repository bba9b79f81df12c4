/** From sound and picture to the answer of a model that is loaded once. */
package org.hearsight.inference.pipeline;
