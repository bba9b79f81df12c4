package org.hearsight.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.Baselines;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.taxonomy.Taxonomy;

/** A report of made-up results, the same every time. */
final class SampleReport {
  private static final Taxonomy TAXONOMY = Taxonomy.hazards();

  private SampleReport() {}

  static ReportData data() {
    SplittableRandom random = new SplittableRandom(11);
    List<Scenario> truths = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      double[] visibilities = {0, 0, 0.2, 0.8};
      String name = TAXONOMY.nameOf(random.nextInt(TAXONOMY.size()));
      truths.add(SampleScenes.scenario(name, visibilities[random.nextInt(4)], random));
    }
    Baselines baselines = Baselines.majority(truths, TAXONOMY);
    List<Answer> model = truths.stream().map(t -> imagine(t, random)).toList();
    List<Answer> apparent = truths.stream().map(t -> baselines.toward(t, t.apparent())).toList();
    List<Answer> majority = truths.stream().map(baselines::majority).toList();
    return new ReportData(
        "Hearsight demo: hazards heard, not seen",
        "A pretrained sound localization network, adapted to imagine hazards behind corners and"
            + " vehicles from four-channel audio, a depth camera and how much of the view is"
            + " occluded. Simulated street corners; none of the test scenes was trained on.",
        List.of(
            new ReportData.Fact("audio encoder", "pretrained (DCASE 2024 baseline)"),
            new ReportData.Fact("visual encoder", "random, frozen <ResNet-50>"),
            new ReportData.Fact("training / validation / test", "700 / 200 / 300 scenarios"),
            new ReportData.Fact("simulated in", "94 s"),
            new ReportData.Fact("trained in", "6 min 12 s"),
            new ReportData.Fact("seed", "7"),
            new ReportData.Fact("versions", "Hearsight 0.1.0, Java 17.0.15, Linux amd64")),
        List.of(
            result("hearsight", "the adapted network", model),
            result("apparent", "the strongest arrival taken at its word", apparent),
            result("majority", "most frequent class, mean place", majority)),
        training(),
        scenes(model),
        List.of("Everything here is simulated; real streets are harder."));
  }

  private static ReportData.SystemResult result(
      String name, String description, List<Answer> answers) {
    return ReportData.SystemResult.of(
        name, description, ImaginationScores.of(answers, TAXONOMY, 1), answers);
  }

  private static Answer imagine(Scenario truth, SplittableRandom random) {
    float[] p = new float[TAXONOMY.size()];
    boolean named = random.nextDouble() < 0.8;
    int answered = named ? TAXONOMY.indexOf(truth.className(), "sample") : random.nextInt(p.length);
    p[answered] = 1;
    Location place = new Location(0, 0, 8);
    if (!truth.isBackground()) {
      Location t = truth.location();
      double far = t.distance() * Math.exp(0.25 * random.nextGaussian());
      Direction d = new Direction(t.azimuth() + 12 * random.nextGaussian(), 0);
      place = new Location(d.azimuth(), d.elevation(), far);
    }
    double confidence = Math.min(1, Math.max(0, 0.7 + 0.2 * random.nextGaussian()));
    double audio = 0.35 + 0.45 * truth.occlusionLevel();
    return new Answer(truth, p, place, confidence, new double[] {audio, 1 - audio});
  }

  private static ReportData.Training training() {
    List<ReportData.Epoch> epochs = new ArrayList<>();
    for (int e = 1; e <= 50; e++) {
      double drop = e <= 30 ? 0 : 0.25 * (1 - Math.exp(-(e - 30) / 5.0));
      double train = 0.9 + 3.4 * Math.exp(-e / 7.0) - drop;
      double wave = 0.06 * Math.sin(e * 1.7);
      double angle = 14 + 46 * Math.exp(-e / 6.0) - 8 * drop + 10 * wave;
      epochs.add(new ReportData.Epoch(e, train, train + 0.25 + wave, angle));
    }
    return new ReportData.Training(epochs, 31, 47);
  }

  /** Right, wrong class, wrong place, missed, false alarm and a region all around. */
  private static List<ReportData.Scene> scenes(List<Answer> answers) {
    List<ReportData.Scene> scenes = new ArrayList<>();
    scenes.add(scene(first(answers, a -> a.isRight(TAXONOMY) && !a.truth().isBackground()), 22));
    scenes.add(scene(first(answers, a -> named(a) && a.angle() > 22), 22));
    scenes.add(scene(first(answers, a -> hazards(a) && !named(a)), 180));
    scenes.add(scene(first(answers, a -> named(a) && a.relativeDistance() > 0.5), 40));
    scenes.add(scene(first(answers, a -> !a.truth().isBackground() && a.answeredClass() == 0), 9));
    scenes.add(scene(first(answers, a -> a.truth().isBackground() && a.answeredClass() != 0), 9));
    return scenes;
  }

  private static boolean hazards(Answer a) {
    return !a.truth().isBackground() && a.answeredClass() != 0;
  }

  private static boolean named(Answer a) {
    return hazards(a) && TAXONOMY.nameOf(a.answeredClass()).equals(a.truth().className());
  }

  private static Answer first(List<Answer> answers, Predicate<Answer> wanted) {
    return answers.stream().filter(wanted).findFirst().orElseThrow();
  }

  private static ReportData.Scene scene(Answer a, double radius) {
    double d = a.location().distance();
    return new ReportData.Scene(
        a.truth(),
        ViewPictures.of(SampleScenes.view(a.truth())),
        TAXONOMY.nameOf(a.answeredClass()),
        a.answeredClass() == 0 ? null : a.location(),
        a.confidence(),
        new ReportData.Region(0.9, radius, d * 0.65, d * 1.5));
  }
}
