/** What the simulator costs: rays, paths, scenes, and whole data sets. */
package org.hearsight.benchmarks.cost;
