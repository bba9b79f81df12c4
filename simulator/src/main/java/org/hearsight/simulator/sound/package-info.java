/** Dry sounds of hazards and surroundings, generated or recorded. */
package org.hearsight.simulator.sound;
