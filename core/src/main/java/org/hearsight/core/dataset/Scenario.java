package org.hearsight.core.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearsight.core.file.InnerPath;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

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
 * @param sources the sounds that were used: the hazard, a harmless one, ambience; each where there
 *     is one, in this order. A clip that was cut out of a recording has the recording alone
 * @param unknown of background, what is heard most if that is a sound from one place of no class:
 *     its kind, as in {@code music}; null for ambience, hazards and recordings
 * @param signalToNoise level of the hazard against all else that is heard, over the whole clip in
 *     the omnidirectional channel, dB; null for background, for recordings, and in data sets that
 *     are older than this field
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
  "unknown",
  "signal_to_noise",
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
    String unknown,
    @JsonProperty("signal_to_noise") Double signalToNoise,
    Files files,
    SceneMap scene) {

  /** Ids are the stems of file names. */
  private static final Pattern ID = Pattern.compile("[^\\p{Cntrl}/\\\\]+");

  /**
   * @throws IllegalArgumentException naming the field that is out of range
   */
  public Scenario {
    if (id != null && !ID.matcher(id).matches()) {
      throw new IllegalArgumentException("id: '" + id.strip() + "' cannot be a file's name");
    }
    share("visibility", visibility);
    share("occlusion_level", occlusionLevel);
    if (unknown != null && location != null) {
      throw new IllegalArgumentException("unknown: '" + unknown + "' beside a hazard");
    }
    if (signalToNoise != null && (location == null || !Double.isFinite(signalToNoise))) {
      throw new IllegalArgumentException(
          "signal_to_noise: "
              + signalToNoise
              + (location == null ? " without a hazard" : " is not a number"));
    }
    sources = sources == null ? List.of() : List.copyOf(sources);
  }

  /** A scenario of which it is not said what is heard most, nor how loud. */
  public Scenario(
      String id,
      Split split,
      String className,
      Location location,
      double visibility,
      double occlusionLevel,
      Direction apparent,
      long seed,
      List<Source> sources,
      Files files,
      SceneMap scene) {
    this(
        id,
        split,
        className,
        location,
        visibility,
        occlusionLevel,
        apparent,
        seed,
        sources,
        null,
        null,
        files,
        scene);
  }

  private static void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(field + ": " + value + " is not in [0, 1]");
    }
  }

  /**
   * A sound that went into the clip.
   *
   * @param name of the recording or the procedural generator
   * @param licence SPDX-like name, or {@value #GENERATED}
   * @param originGroup recordings cut from one original share it and stay in one split
   */
  public record Source(
      String name, String licence, @JsonProperty("origin_group") String originGroup) {
    /** Licence of what was made from a formula. */
    public static final String GENERATED = "generated";

    /** Was it made from a formula, not recorded? */
    @JsonIgnore
    public boolean isGenerated() {
      return GENERATED.equals(licence);
    }
  }

  /**
   * Paths relative to the store's folder, with forward slashes; null for what a recording lacks.
   *
   * @param audio null, as are the labels, in a store of pictures only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Files(String audio, String labels, String rgb, String depth, String occlusion) {
    /**
     * @throws IllegalArgumentException if a path leads out of the store
     */
    public Files {
      audio = inside("audio", audio);
      labels = inside("labels", labels);
      rgb = inside("rgb", rgb);
      depth = inside("depth", depth);
      occlusion = inside("occlusion", occlusion);
    }

    private static String inside(String field, String path) {
      return path == null ? null : InnerPath.require("files." + field, path);
    }

    /**
     * Of a scenario, named by its id.
     *
     * @param maker as in {@link Starss23Layout#part}
     * @param sound has it sound and labels?
     * @param pictures has it pictures?
     */
    public static Files of(String id, Split split, String maker, boolean sound, boolean pictures) {
      String part = Starss23Layout.part(split, maker);
      return new Files(
          sound ? Starss23Layout.audio(part, id) : null,
          sound ? Starss23Layout.labels(part, id) : null,
          pictures ? "rgb/" + id + ".png" : null,
          pictures ? "depth/" + id + ".png" : null,
          pictures ? "occlusion/" + id + ".png" : null);
    }

    /** Those that are there. */
    public List<String> all() {
      return Stream.of(audio, labels, rgb, depth, occlusion).filter(Objects::nonNull).toList();
    }
  }

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
      List<double[]> path) {
    public SceneMap {
      obstacles = obstacles == null ? List.of() : List.copyOf(obstacles);
      path = path == null ? List.of() : List.copyOf(path);
      for (double[] point : path) {
        if (point.length != 2) {
          throw new IllegalArgumentException(
              "scene.path: a point of " + point.length + " numbers, expected x and y");
        }
      }
    }
  }

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

  /**
   * Where the sound that the scenario is about comes from, its first one: the hazard or, in
   * background, the harmless sound if there is one, else ambience. Null if no sound is listed.
   */
  @JsonIgnore
  public SoundOrigin origin() {
    return sources.isEmpty() ? null : SoundOrigin.of(sources.get(0));
  }

  /** Is this background with a sound from one place beside ambience? */
  public boolean hasHarmlessSound() {
    return isBackground() && sources.size() > 1;
  }

  /** How the hazard moved, seen from above; null for background and where its way is not known. */
  public Motion motion() {
    if (isBackground() || scene == null || scene.path().isEmpty()) {
      return null;
    }
    return Motion.of(point(scene.path().get(0)), point(scene.path().get(scene.path().size() - 1)));
  }

  private static Vec3 point(double[] p) {
    return new Vec3(p[0], p[1], 0);
  }

  @JsonIgnore
  public VisibilityBin visibilityBin() {
    return VisibilityBin.of(visibility);
  }
}
