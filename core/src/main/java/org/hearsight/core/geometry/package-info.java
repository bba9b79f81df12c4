/** Points and directions: x forward, y left, z up; azimuth to the left. */
package org.hearsight.core.geometry;
