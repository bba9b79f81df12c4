/** Recordings in the layout of STARSS23, with their video. */
package org.hearsight.core.starss23;
