/** Pictures of a data set: contact sheets and charts of what was drawn. */
package org.hearsight.report.preview;
