/** Streams of sound that are listened to: over a WebSocket, or as server-sent events. */
package org.hearsight.server.listen;
