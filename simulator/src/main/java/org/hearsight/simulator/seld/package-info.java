/** Simulated clips of overlapping sources, as SELD networks are trained on. */
package org.hearsight.simulator.seld;
