/** A map of places seen from above, as SVG or PNG, from the same shapes. */
package org.hearsight.report.plan;
