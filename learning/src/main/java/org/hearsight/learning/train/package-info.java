/** Two-stage training of the adapter and the head: loop, state, best epoch, resume. */
package org.hearsight.learning.train;
