/** What a microphone hears of a scene: paths, edges, air, rooms, first-order ambisonics. */
package org.hearsight.simulator.acoustics;
