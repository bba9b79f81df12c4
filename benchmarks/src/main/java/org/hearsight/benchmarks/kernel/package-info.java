/** Kernels in which the time of whole commands goes, each on its own. */
package org.hearsight.benchmarks.kernel;
