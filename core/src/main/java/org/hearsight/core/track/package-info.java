/** Hazards followed over time: where they may be, since when, and until when. */
package org.hearsight.core.track;
