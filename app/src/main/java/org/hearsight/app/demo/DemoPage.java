package org.hearsight.app.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.hearsight.app.Version;
import org.hearsight.app.evidence.ShownScene;
import org.hearsight.app.evidence.Systems;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.metrics.Answer;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.train.EpochRecord;
import org.hearsight.learning.train.TrainingRun;
import org.hearsight.report.page.ReportData;

/** What the demo's report shows, gathered from its parts. */
final class DemoPage {
  private final Demo demo;
  private final TorchEngine engine;
  private final ScenarioStore store;
  private final TrainingRun.Result training;
  private final Evaluation evaluation;
  private final Timings timings;

  DemoPage(
      Demo demo,
      TorchEngine engine,
      ScenarioStore store,
      TrainingRun.Result training,
      Evaluation evaluation,
      Timings timings) {
    this.demo = demo;
    this.engine = engine;
    this.store = store;
    this.training = training;
    this.evaluation = evaluation;
    this.timings = timings;
  }

  ReportData data() {
    return new ReportData(
        "Hearsight: hazards heard, not seen",
        "A pretrained sound network and a picture network, both frozen, joined by an"
            + " occlusion-aware adapter that imagines what is behind the corner. Trained in two"
            + " stages on simulated scenes, scored on scenes it has not met, beside systems that"
            + " answer where the sound seems to come from.",
        facts(),
        Systems.of(evaluation),
        curves(),
        scenes(),
        notes());
  }

  private List<ReportData.Fact> facts() {
    ModelCard card = training.bundle().card();
    List<ReportData.Fact> facts = new ArrayList<>();
    facts.add(new ReportData.Fact("SELD encoder", name(card.audio())));
    facts.add(new ReportData.Fact("Picture encoder", name(card.visual())));
    facts.add(
        new ReportData.Fact(
            "Scenes",
            "%d train, %d validation, %d test, %d calibration"
                .formatted(
                    store.scenarios(Split.TRAIN).size(),
                    store.scenarios(Split.VALIDATION).size(),
                    store.scenarios(Split.TEST).size(),
                    store.scenarios(Split.CALIBRATION).size())));
    facts.add(
        new ReportData.Fact(
            "Adapter",
            "%s fusion, %s location, confidence in %s"
                .formatted(
                    lower(card.adapter().fusion()),
                    lower(card.adapter().location()),
                    lower(card.adapter().confidence()))));
    facts.add(
        new ReportData.Fact(
            "Seed",
            "%d data, %d training".formatted(demo.data().run().seed(), demo.config().seed())));
    facts.add(
        new ReportData.Fact(
            "Time",
            timings.parts().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.0f s", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "))));
    facts.add(
        new ReportData.Fact(
            "Versions",
            "Hearsight %s, PyTorch %s, %s on %d threads"
                .formatted(
                    Version.text(),
                    engine.version(),
                    "Java " + Runtime.version().feature(),
                    demo.threads())));
    return facts;
  }

  private ReportData.Training curves() {
    List<ReportData.Epoch> epochs = new ArrayList<>();
    for (EpochRecord r : training.trained().history()) {
      epochs.add(
          new ReportData.Epoch(
              r.epoch(), r.train().total(), r.validation().total(), r.hiddenAngle()));
    }
    int stageTwo = demo.config().stage2().epochs() == 0 ? 0 : demo.config().stage1().epochs() + 1;
    return new ReportData.Training(epochs, stageTwo, training.trained().bestEpoch());
  }

  /** The first test scenes of each kind, not the best ones. */
  private List<ReportData.Scene> scenes() {
    List<Answer> answers = evaluation.answers().get(Evaluation.IMAGINATION);
    List<Answer> chosen = new ArrayList<>();
    choose(chosen, answers, 3, s -> hazard(s, VisibilityBin.HIDDEN));
    choose(chosen, answers, 1, s -> hazard(s, VisibilityBin.PARTLY));
    choose(chosen, answers, 1, s -> hazard(s, VisibilityBin.VISIBLE));
    choose(chosen, answers, 1, Scenario::isBackground);
    return chosen.stream().map(a -> ShownScene.of(store, a)).toList();
  }

  private static boolean hazard(Scenario s, VisibilityBin bin) {
    return !s.isBackground() && s.visibilityBin() == bin;
  }

  /** Takes {@code n} more, each of a class not shown yet where there is one. */
  private static void choose(
      List<Answer> chosen, List<Answer> answers, int n, Predicate<Scenario> wanted) {
    int goal = chosen.size() + n;
    for (int round = 0; round < 2; round++) {
      boolean anyClass = round == 1;
      for (Answer a : answers) {
        boolean fresh =
            chosen.stream().noneMatch(c -> c.truth().className().equals(a.truth().className()));
        if (chosen.size() < goal
            && wanted.test(a.truth())
            && !chosen.contains(a)
            && (fresh || anyClass)) {
          chosen.add(a);
        }
      }
    }
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    ModelCard card = training.bundle().card();
    if (!card.audio().pretrained()) {
      notes.add(
          "The SELD encoder is untrained here: its weights were drawn at random. Give --seld FILE"
              + " for a pretrained one.");
    }
    if (!card.visual().pretrained()) {
      notes.add(
          "The picture encoder is untrained here: its weights were drawn at random. Give"
              + " --resnet50 FILE for torchvision's.");
    }
    notes.add("Scenes and sounds are simulated; scores on recordings of a real place will differ.");
    return notes;
  }

  private static String name(EncoderCard card) {
    return card.pretrained() ? card.source() : "untrained (" + card.source() + ")";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
