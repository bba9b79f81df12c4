package org.hearsight.inference;

import org.hearsight.core.audio.Clip;
import org.hearsight.core.vision.View;

/**
 * What is heard and what is seen at one place and time.
 *
 * @param view {@link View#blind()} where nothing is seen
 */
public record Observation(Clip clip, View view) {}
