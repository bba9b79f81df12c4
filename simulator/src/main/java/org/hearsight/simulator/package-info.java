/** From a scene to what is heard and seen of it. Knows no data set. */
package org.hearsight.simulator;
