/**
 * The way every writer makes a data set: pieces made in parallel, remembered when stopped, gone on
 * with, and listed. A writer says what it makes in a {@link org.hearsight.datasets.run.Recipe}.
 */
package org.hearsight.datasets.run;
