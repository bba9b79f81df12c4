/**
 * Fits what makes a model's probabilities mean what they say, and shows what it came to; {@link
 * org.hearsight.core.imagination.Calibration} is the result.
 */
package org.hearsight.core.calibration;
