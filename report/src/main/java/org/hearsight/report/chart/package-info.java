/** Charts as SVG in HTML: axes, lines, confusion, plans seen from above. */
package org.hearsight.report.chart;
