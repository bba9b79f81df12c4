/** Classes of hazards, and how other data sets' classes map to them. */
package org.hearsight.core.taxonomy;
