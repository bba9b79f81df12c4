/** What can be asked for, a class each. */
package org.hearsight.server.api;
