/** Occlusion scenarios as scenes: what is asked for, the draw, the sound. */
package org.hearsight.simulator.scenario;
