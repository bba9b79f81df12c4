/** Requests as they come over the wire, and refusals as they go back. */
package org.hearsight.server.http;
