/** Data sets of SELD clips: simulated ones, and those of measured rooms. */
package org.hearsight.datasets.seld;
