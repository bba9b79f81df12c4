package org.hearsight.inference;

/**
 * What a model made of a view: good for any number of answers of that model, with any clip.
 * Immutable.
 */
public final class Seen {
  private final ModelKey model;
  private final float[] visual;
  private final float[] geometry;
  private final float occlusionLevel;

  /**
   * @param visual [49, width] tokens for the spatial fusion; their mean [width] for the seed's
   * @param geometry [49, 2], occlusion and inverse depth of each token
   */
  Seen(ModelKey model, float[] visual, float[] geometry, float occlusionLevel) {
    this.model = model;
    this.visual = visual;
    this.geometry = geometry;
    this.occlusionLevel = occlusionLevel;
  }

  ModelKey model() {
    return model;
  }

  float[] visual() {
    return visual;
  }

  float[] geometry() {
    return geometry;
  }

  float occlusionLevel() {
    return occlusionLevel;
  }
}
