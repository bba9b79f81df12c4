package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.geometry.Direction;

/**
 * One occlusion scenario: a clip, a view, and what is true about them; a line of {@code
 * scenarios.jsonl}.
 *
 * @param id unique in its store; also the stem of its files, {@code fold3_room1_mix0001}
 * @param split the part of the data set it belongs to
 * @param className taxonomy name; {@code background} when there is no hazard
 * @param location true position of the hazard at the end of the clip; null for background
 * @param visibility visible part of the hazard's silhouette in [0, 1]; 0 for background
 * @param occlusionLevel mean of the occlusion map in [0, 1]
 * @param apparent the strongest arrival at the end of the clip; null for background
 * @param seed of this scenario's own random generator
 * @param sources the sounds that were used, hazard first
 * @param files where its data lie, relative to the store
 * @param scene what a top-down map shows; null for recordings
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "id",
  "split",
  "class",
  "location",
  "visibility",
  "occlusion_level",
  "apparent",
  "seed",
  "sources",
  "files",
  "scene"
})
public record Scenario(
    String id,
    Split split,
    @JsonProperty("class") String className,
    Location location,
    double visibility,
    @JsonProperty("occlusion_level") double occlusionLevel,
    Direction apparent,
    long seed,
    List<Source> sources,
    Files files,
    SceneMap scene) {

  public Scenario {
    sources = sources == null ? List.of() : List.copyOf(sources);
  }

  /**
   * A sound that went into the clip.
   *
   * @param name of the recording or the procedural generator
   * @param licence SPDX-like name, or {@code generated}
   * @param originGroup recordings cut from one original share it and stay in one split
   */
  public record Source(
      String name, String licence, @JsonProperty("origin_group") String originGroup) {}

  /**
   * Paths relative to the store's folder, with forward slashes; null for what a recording lacks.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Files(String audio, String labels, String rgb, String depth, String occlusion) {}

  /**
   * The plan of a scene in microphone coordinates (x forward, y left, metres).
   *
   * @param kind {@code street_corner}, {@code indoor_corner}, …
   * @param egoHeight microphone above the ground
   * @param obstacles footprints of what can hide something
   * @param path where the hazard went, first to last; empty for background
   */
  public record SceneMap(
      String kind,
      @JsonProperty("ego_height") double egoHeight,
      List<Footprint> obstacles,
      List<double[]> path) {}

  /** A vertical box seen from above. */
  public record Footprint(
      String kind,
      @JsonProperty("x_min") double xMin,
      @JsonProperty("y_min") double yMin,
      @JsonProperty("x_max") double xMax,
      @JsonProperty("y_max") double yMax,
      double height) {}

  /** Is there no hazard? */
  @JsonIgnore
  public boolean isBackground() {
    return location == null;
  }

  @JsonIgnore
  public VisibilityBin visibilityBin() {
    return VisibilityBin.of(visibility);
  }
}
