/** What was measured, gathered for the pages that show it. */
package org.hearsight.app.evidence;
