/** Optimizers whose state can be saved, so that a run can be resumed. */
package org.hearsight.learning.optim;
