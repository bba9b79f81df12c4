/** Sound files that are not WAV, decoded by FFmpeg. */
package org.hearsight.datasets.audio;
