/**
 * Occlusion scenarios out of real recordings: windows around labelled events, an occluder pasted.
 */
package org.hearsight.datasets.occlude;
