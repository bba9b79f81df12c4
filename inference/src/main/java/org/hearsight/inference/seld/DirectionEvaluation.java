package org.hearsight.inference.seld;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.hearsight.core.audio.DoubtfulRecordings;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Thresholds;
import org.hearsight.core.metrics.NanAsNull;
import org.hearsight.core.metrics.Statistics;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.seld.ClassNames;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.core.seld.SeldEvent;

/**
 * Whether a SELD network points better than a dot product: direction and class of clips with one
 * standing source, beside the classical intensity vector.
 *
 * <p>The intensity vector is taken from the first frame in which the source sounds to the last; the
 * networks hear the whole clip and answer the sum of all their tracks' vectors, and the class of
 * the data set whose vectors are longest in sum, over all classes of one name.
 *
 * @param clips with one source that stands still
 * @param skipped clips with more sources, a moving one, or none
 * @param systems the intensity vector first
 */
public record DirectionEvaluation(int clips, int skipped, List<Score> systems) {
  private static final String CLASSICAL = "intensity vector";

  /**
   * A network to be judged.
   *
   * @param names of its classes in the data set
   */
  public record Candidate(String name, SeldDetector detector, ClassNames names) {}

  /**
   * One system.
   *
   * @param median angular error, degrees
   * @param named clips of classes that it can name
   * @param right share of those whose class it named; NaN for systems without classes
   * @param medianByClass angular error of each class, degrees
   */
  public record Score(
      String system,
      double median,
      double mean,
      double within10,
      double within20,
      int named,
      @NanAsNull double right,
      Map<String, Double> medianByClass) {}

  /** What a system answered. */
  private record Answer(double error, boolean knows, boolean right) {}

  /**
   * Judges all systems on one split.
   *
   * @throws InputException if no clip has exactly one standing source
   */
  public static DirectionEvaluation run(
      SeldDataset data, Split split, List<Candidate> candidates, Progress progress) {
    Map<String, List<Answer>> answers = new TreeMap<>();
    List<String> classes = new ArrayList<>();
    int skipped = 0;
    List<SeldDataset.Recording> all = data.recordings(split);
    IntensityDirection classical = new IntensityDirection();
    DoubtfulRecordings doubtful = new DoubtfulRecordings();
    try (Progress.Task task = progress.begin("listen", all.size())) {
      for (SeldDataset.Recording r : all) {
        Stop.check();
        List<SeldEvent> events = data.eventsWithDistance(r);
        task.advance(1);
        if (!single(events)) {
          skipped++;
          continue;
        }
        Direction truth = events.get(0).direction();
        int wanted = events.get(0).classIndex();
        classes.add(data.classes().get(wanted));
        List<String> notes = new ArrayList<>();
        float[][] foa = r.sound(notes::add).channels();
        doubtful.add(r.audio(), notes, foa);
        int from = events.get(0).frame() * Foa.LABEL_FRAME_SAMPLES;
        int to =
            Math.min(
                foa[0].length,
                (events.get(events.size() - 1).frame() + 1) * Foa.LABEL_FRAME_SAMPLES);
        double error = classical.of(foa, from, to).angleTo(truth);
        add(answers, CLASSICAL, new Answer(error, false, false));
        for (Candidate c : candidates) {
          SeldDetector.Summary said = c.detector().summary(foa);
          boolean knows = c.names().known().contains(wanted);
          boolean right = c.names().loudest(said.activity()) == wanted;
          double off = Direction.of(said.towards()).angleTo(truth);
          add(answers, c.name(), new Answer(off, knows, right));
        }
      }
    }
    doubtful.tell(progress::note);
    if (classes.isEmpty()) {
      throw new InputException(
          data.folder(),
          "split " + split.label() + ": no clip has exactly one source that stands still",
          "give clips made by simulate-measured");
    }
    List<Score> scores = new ArrayList<>();
    scores.add(score(CLASSICAL, answers.get(CLASSICAL), classes));
    candidates.forEach(c -> scores.add(score(c.name(), answers.get(c.name()), classes)));
    return new DirectionEvaluation(classes.size(), skipped, scores);
  }

  private static void add(Map<String, List<Answer>> answers, String system, Answer answer) {
    answers.computeIfAbsent(system, s -> new ArrayList<>()).add(answer);
  }

  private static boolean single(List<SeldEvent> events) {
    if (events.isEmpty()) {
      return false;
    }
    SeldEvent first = events.get(0);
    return events.stream()
        .allMatch(
            e ->
                e.classIndex() == first.classIndex()
                    && e.source() == first.source()
                    && e.direction().equals(first.direction()));
  }

  private static Score score(String system, List<Answer> answers, List<String> classes) {
    double[] errors = answers.stream().mapToDouble(Answer::error).toArray();
    Map<String, List<Double>> byClass = new TreeMap<>();
    for (int i = 0; i < errors.length; i++) {
      byClass.computeIfAbsent(classes.get(i), c -> new ArrayList<>()).add(errors[i]);
    }
    Map<String, Double> medians = new TreeMap<>();
    byClass.forEach(
        (name, list) ->
            medians.put(name, Statistics.median(list.stream().mapToDouble(d -> d).toArray())));
    int named = (int) answers.stream().filter(Answer::knows).count();
    long right = answers.stream().filter(a -> a.knows() && a.right()).count();
    return new Score(
        system,
        Statistics.median(errors),
        answers.stream().mapToDouble(Answer::error).average().orElse(Double.NaN),
        share(errors, 10),
        share(errors, Thresholds.RIGHT_ANGLE),
        named,
        named == 0 ? Double.NaN : (double) right / named,
        medians);
  }

  private static double share(double[] errors, double most) {
    int n = 0;
    for (double e : errors) {
      n += e <= most ? 1 : 0;
    }
    return (double) n / errors.length;
  }

  /** A row a system, for people. */
  public String table() {
    StringBuilder text = new StringBuilder();
    int width = systems.stream().mapToInt(s -> s.system().length()).max().orElse(0);
    String head = "%-" + width + "s  %7s  %7s  %6s  %6s  %14s%n";
    text.append(head.formatted("system", "median", "mean", "≤ 10°", "≤ 20°", "class named"));
    for (Score s : systems) {
      String named =
          s.named() == 0
              ? "–"
              : String.format(Locale.ROOT, "%.0f %% of %d", 100 * s.right(), s.named());
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %6.1f°  %6.1f°  %4.0f %%  %4.0f %%  %14s%n",
              s.system(),
              s.median(),
              s.mean(),
              100 * s.within10(),
              100 * s.within20(),
              named));
    }
    text.append(
        "%d clips with one standing source; %d others passed over%n".formatted(clips, skipped));
    return text.toString();
  }
}
