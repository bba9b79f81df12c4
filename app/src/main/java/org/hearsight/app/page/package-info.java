/** The page as a folder that needs no server. */
package org.hearsight.app.page;
