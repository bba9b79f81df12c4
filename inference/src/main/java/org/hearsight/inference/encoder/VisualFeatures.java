package org.hearsight.inference.encoder;

/**
 * What the visual encoder sees in one image.
 *
 * @param tokens [rows · columns, width] row-major: one token for each part of the image, from top
 *     left, row by row
 * @param pooled [width], the tokens' mean
 */
public record VisualFeatures(float[] tokens, float[] pooled) {}
