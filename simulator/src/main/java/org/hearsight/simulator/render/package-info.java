/** Pictures of a scene: colour, depth, occlusion, and how much of a hazard they show. */
package org.hearsight.simulator.render;
