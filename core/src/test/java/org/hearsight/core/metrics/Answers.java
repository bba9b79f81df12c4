package org.hearsight.core.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.taxonomy.Taxonomy;

/** Six answers small enough to score by hand. */
final class Answers {
  static final Taxonomy TAXONOMY = Taxonomy.hazards();

  private Answers() {}

  static List<Answer> six() {
    return List.of(
        // 10° and 20 % off: right.
        answer(hazard("siren", 0, 10, 0, 0.95), "siren", at(10, 12), 0.95, 0.9),
        // The wrong class, 30° and 50 % off.
        answer(hazard("siren", 90, 10, 0, 0.92), "horn", at(120, 5), 0.4, 0.8),
        // The right class 15° off across ±180°, but 55 % too far: wrong.
        answer(hazard("horn", 175, 20, 0.3, 0.5), "horn", at(-170, 31), 0.8, 0.6),
        // Missed, and no place named.
        answer(hazard("horn", 0, 10, 0.8, 0.05), "background", null, 0.1, 0.5),
        answer(background(0.5), "background", at(0, 5), 0.9, 0.4),
        answer(background(1), "engine", at(0, 5), 0.3, 0.7));
  }

  /** The six, each with its sounds: two of procedural hazards, four of recordings. */
  static List<Answer> sixHeard() {
    Scenario.Source made =
        new Scenario.Source("generated siren", Scenario.Source.GENERATED, "siren");
    Scenario.Source taken = new Scenario.Source("horn/a.wav", "CC0", "a");
    List<List<Scenario.Source>> sounds =
        List.of(
            List.of(made, taken),
            List.of(taken, made),
            List.of(taken, made, made),
            List.of(made, made),
            List.of(taken),
            List.of(taken, made));
    List<Answer> six = six();
    return IntStream.range(0, six.size()).mapToObj(i -> of(six.get(i), sounds.get(i))).toList();
  }

  /**
   * An answer with a score of unknown sounds and a threshold of one half.
   *
   * @param kind of the unknown sound; null where there is none
   */
  static Answer unknown(String className, String kind, double score) {
    Scenario.Source made =
        new Scenario.Source("generated sound", Scenario.Source.GENERATED, "sound");
    boolean background = className.equals("background");
    Scenario truth =
        new Scenario(
            className + kind,
            Split.TEST,
            className,
            background ? null : at(0, 10),
            0,
            0,
            null,
            1,
            kind == null ? List.of(made) : List.of(made, made),
            kind,
            null,
            new Scenario.Files("a.wav", "a.csv", null, null, null),
            null);
    Answer plain = answer(truth, className, at(0, 10), 0.5, 0.5);
    return new Answer(
        truth,
        plain.classProbabilities(),
        plain.location(),
        plain.confidence(),
        null,
        null,
        null,
        new Imagination.Unknown(score, 0.5));
  }

  private static Answer of(Answer a, List<Scenario.Source> sounds) {
    Scenario heard = with(a.truth(), sounds, null, a.truth().scene());
    return new Answer(heard, a.classProbabilities(), a.location(), a.confidence(), a.reliability());
  }

  /** A horn 10 m to the left that is 10° and 20 % off. */
  static Answer heardAt(Double signalToNoise, double[]... path) {
    Scenario truth =
        with(
            hazard("horn", 90, 10, 1, 0.5),
            List.of(),
            signalToNoise,
            new Scenario.SceneMap("street_corner", 1.5, List.of(), List.of(path)));
    return answer(truth, "horn", at(100, 12), 0.5, 0.5);
  }

  private static Scenario with(
      Scenario t, List<Scenario.Source> sounds, Double signalToNoise, Scenario.SceneMap scene) {
    return new Scenario(
        t.id(),
        t.split(),
        t.className(),
        t.location(),
        t.visibility(),
        t.occlusionLevel(),
        t.apparent(),
        t.seed(),
        sounds,
        t.unknown(),
        signalToNoise,
        t.files(),
        scene);
  }

  static Scenario hazard(
      String name, double azimuth, double distance, double visibility, double occlusion) {
    return scenario(name, at(azimuth, distance), visibility, occlusion);
  }

  static Scenario background(double occlusion) {
    return scenario("background", null, 0, occlusion);
  }

  static Location at(double azimuth, double distance) {
    return new Location(azimuth, 0, distance);
  }

  private static Answer answer(
      Scenario truth, String answered, Location place, double confidence, double audio) {
    float[] p = new float[TAXONOMY.size()];
    p[TAXONOMY.indexOf(answered, "test")] = 1;
    return new Answer(truth, p, place, confidence, new double[] {audio, 1 - audio});
  }

  private static Scenario scenario(
      String name, Location place, double visibility, double occlusion) {
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    return new Scenario(
        name, Split.TEST, name, place, visibility, occlusion, null, 1, List.of(), files, null);
  }
}
