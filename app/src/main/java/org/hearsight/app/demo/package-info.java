/** The demo: from nothing to a report, in minutes. */
package org.hearsight.app.demo;
