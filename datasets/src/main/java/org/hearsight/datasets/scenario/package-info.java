/** Data sets of occlusion scenarios: the plan, the files, the summary. */
package org.hearsight.datasets.scenario;
