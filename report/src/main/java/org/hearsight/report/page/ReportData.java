package org.hearsight.report.page;

import java.util.List;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.place.PlacePosterior;

/**
 * All a {@link DemoReport} shows; whoever ran the demo fills it.
 *
 * @param title of the page
 * @param summary one paragraph: what this is
 * @param facts about the run, in order: encoder, counts, seconds, seed, versions
 * @param systems the model first, then what it is compared with
 * @param training null when nothing was trained
 * @param scenes a handful
 * @param notes what a reader should beware of, one sentence each
 */
public record ReportData(
    String title,
    String summary,
    List<Fact> facts,
    List<SystemResult> systems,
    Training training,
    List<Scene> scenes,
    List<String> notes) {

  public ReportData {
    facts = List.copyOf(facts);
    systems = List.copyOf(systems);
    scenes = List.copyOf(scenes);
    notes = List.copyOf(notes);
    if (systems.isEmpty()) {
      throw new IllegalArgumentException("report: no system");
    }
  }

  /** A labelled value, as in {@code seed: 7}. */
  public record Fact(String label, String value) {}

  /**
   * A system and its scores.
   *
   * @param name short, as in {@code hearsight}
   * @param description one phrase: how it answers
   * @param hiddenAngles angular errors in degrees over hidden hazards, in any order
   * @param angles the same over all hazards
   */
  public record SystemResult(
      String name,
      String description,
      ImaginationScores scores,
      double[] hiddenAngles,
      double[] angles) {
    /** Of a system's answers. */
    public static SystemResult of(
        String name, String description, ImaginationScores scores, List<Answer> answers) {
      double[] all =
          answers.stream()
              .filter(a -> !a.truth().isBackground())
              .mapToDouble(Answer::angle)
              .toArray();
      return new SystemResult(
          name, description, scores, ImaginationScores.angles(answers, VisibilityBin.HIDDEN), all);
    }
  }

  /**
   * The course of training.
   *
   * @param epochs in order
   * @param stageTwoFrom first epoch of stage 2; 0 when there was none
   * @param bestEpoch the epoch whose weights were kept; 0 when unknown
   */
  public record Training(List<Epoch> epochs, int stageTwoFrom, int bestEpoch) {
    public Training {
      epochs = List.copyOf(epochs);
    }
  }

  /**
   * One epoch; NaN where nothing was measured.
   *
   * @param number from 1
   * @param validationAngle median angular error over validation hazards, degrees
   */
  public record Epoch(
      int number, double trainLoss, double validationLoss, double validationAngle) {}

  /**
   * One scenario, what was seen and what was answered.
   *
   * @param truth the scenario itself, for class, place, visibility, apparent direction and map
   * @param pictures what the camera saw
   * @param answerClass name
   * @param answer null when the answer is background
   * @param confidence in [0, 1]
   * @param region null when the system gives none
   * @param places what is said of every place; null when the system has no map
   * @param sound what was heard; null where it is not shown
   */
  public record Scene(
      Scenario truth,
      ViewPictures pictures,
      String answerClass,
      Location answer,
      double confidence,
      Region region,
      Places places,
      Sound sound) {

    /** A scene without map and sound. */
    public Scene(
        Scenario truth,
        ViewPictures pictures,
        String answerClass,
        Location answer,
        double confidence,
        Region region) {
      this(truth, pictures, answerClass, answer, confidence, region, null, null);
    }

    /** Where the hazard seems to come from; null for background. */
    public Direction apparent() {
      return truth.apparent();
    }
  }

  /**
   * A map of places.
   *
   * @param probability of the region, in (0, 1)
   * @param region cells of the {@link org.hearsight.core.place.PlaceGrid} that hold it
   */
  public record Places(PlacePosterior map, double probability, int[] region) {}

  /**
   * A clip for ears and eyes.
   *
   * @param mp3 in stereo
   * @param spectrogram a PNG, as {@link Spectrogram} draws it
   */
  public record Sound(byte[] mp3, byte[] spectrogram) {}

  /**
   * Where the hazard is with a stated probability: a cap of directions around the answer, between
   * two distances.
   *
   * @param probability in (0, 1), as in 0.9
   * @param radius of the cap, degrees
   * @param nearest metres
   * @param farthest metres
   */
  public record Region(double probability, double radius, double nearest, double farthest) {}
}
