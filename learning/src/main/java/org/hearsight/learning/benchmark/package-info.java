/** Rows of {@code hearsight benchmark} whose work runs on an engine. */
package org.hearsight.learning.benchmark;
