/**
 * What every training has in common: the loop over epochs, its state on disk, its configuration.
 *
 * <p>{@link org.hearsight.learning.loop.TrainingLoop} draws orders and seeds, resumes, stops, keeps
 * the best epoch and writes the table of epochs; a {@link org.hearsight.learning.loop.TrainingTask}
 * gives it stages, batches, loss and validation.
 */
package org.hearsight.learning.loop;
