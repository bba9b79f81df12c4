/**
 * Two-stage training of imagination (adapter, head and the upper part of the audio encoder): what
 * can be set of it, what it gives {@code org.hearsight.learning.loop}, and the run from a data set
 * to a model.
 */
package org.hearsight.learning.train;
