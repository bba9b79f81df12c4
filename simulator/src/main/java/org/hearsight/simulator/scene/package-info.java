/** Worlds of boxes around a microphone, and the hazards in them. */
package org.hearsight.simulator.scene;
