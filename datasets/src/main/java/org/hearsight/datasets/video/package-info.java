/** Frames of real videos, decoded by FFmpeg; the only place with JavaCV types. */
package org.hearsight.datasets.video;
