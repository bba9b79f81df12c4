/** Pages that show what a model answered and how right it was. */
package org.hearsight.report.page;
