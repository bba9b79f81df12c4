/** The rows of {@code hearsight benchmark}, and the page that is made of them. */
package org.hearsight.benchmarks.row;
