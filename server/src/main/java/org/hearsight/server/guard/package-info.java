/** Who may ask, how much, and how many at once. */
package org.hearsight.server.guard;
