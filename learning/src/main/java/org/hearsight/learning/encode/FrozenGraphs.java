package org.hearsight.learning.encode;

import java.nio.file.Path;
import org.hearsight.core.audio.Hearing;

/**
 * The frozen encoders as ONNX Runtime runs them, cut at the freeze boundary.
 *
 * @param audio SELD encoder with the outputs {@code encoder} and {@code boundary}; null where the
 *     boundary is {@link FrozenEncoding#FEATURES}
 * @param pictures picture encoder of {@link org.hearsight.core.vision.VisualPlanes}
 * @param boundary name of the output where the second stage starts
 * @param hearing what a clip becomes before the encoder
 */
public record FrozenGraphs(byte[] audio, Path pictures, String boundary, Hearing hearing) {}
