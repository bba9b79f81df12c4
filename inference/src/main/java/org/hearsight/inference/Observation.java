package org.hearsight.inference;

import org.hearsight.core.audio.Clip;
import org.hearsight.core.vision.View;

/**
 * What is heard and what is seen at one place and time.
 *
 * <pre>{@code
 * List<Observation> scenes =
 *     List.of(new Observation(clip, view), new Observation(clip, View.blind()));
 * List<Imagination> answers = hearsight.imagine(scenes);
 * }</pre>
 *
 * @param view {@link View#blind()} where nothing is seen
 */
public record Observation(Clip clip, View view) {}
