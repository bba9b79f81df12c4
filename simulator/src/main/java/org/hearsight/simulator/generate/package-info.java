/** Data sets of scenarios: the plan, the draws, the files. */
package org.hearsight.simulator.generate;
