/** Answers over HTTP: what is served, and how it starts and stops. */
package org.hearsight.server;
