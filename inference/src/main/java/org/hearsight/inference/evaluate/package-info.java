/** A model's answers on a data set, beside those of the classical baselines. */
package org.hearsight.inference.evaluate;
