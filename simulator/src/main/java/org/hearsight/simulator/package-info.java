/** Hearsight's simulator module. */
package org.hearsight.simulator;
