/** Pictures, depth and occlusion: from any camera to the model's view. */
package org.hearsight.core.vision;
