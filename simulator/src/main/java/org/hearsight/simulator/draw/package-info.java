/** The distributions everything is drawn from. */
package org.hearsight.simulator.draw;
