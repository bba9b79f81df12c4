/** The built page, as the jar holds it. */
package org.hearsight.page;
