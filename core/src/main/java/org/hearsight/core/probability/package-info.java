/** Probabilities made of numbers that are none yet. */
package org.hearsight.core.probability;
