/** Refusals as they go back. */
package org.hearsight.server.problem;
