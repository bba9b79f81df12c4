package org.hearsight.benchmarks.results;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hearsight.benchmarks.transfer.TransferTable;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.Localization;
import org.hearsight.core.metrics.SeedMean;
import org.hearsight.core.text.TextTable;
import org.hearsight.learning.ablate.AblationFigure;
import org.hearsight.learning.ablate.AblationResult;

/**
 * {@code docs/results.md}: what each part brings, the peers, and the original design's claims, all
 * counted from files that commands wrote.
 */
public final class ResultsPage {
  private static final String REMEDY = "docs/results.md says which command writes it";

  private ResultsPage() {}

  /**
   * The page.
   *
   * @param results folder of {@code ablation.json} ({@code ablate}), {@code peers.json} ({@code
   *     evaluate --to}) and {@code published.json}; of the first two, a missing one is said
   * @param transfer folder of {@code benchmarks/transfer.sh}
   * @throws InputException if a file is damaged or has another form
   */
  public static String of(Path results, Path transfer) {
    Map<String, ImaginationScores> peers =
        read(results.resolve("peers.json"), new TypeReference<>() {}, Map.of());
    AblationResult ablation =
        read(results.resolve("ablation.json"), new TypeReference<>() {}, null);
    List<Published> published =
        Json.read(results.resolve("published.json"), new TypeReference<>() {}, REMEDY);
    return """
    # Results: what each part brings, and what the design claimed

    This page is made of files, by

        ./hearsight benchmark results docs/results --transfer benchmarks/results/transfer \\
            --to docs/results.md

    ## What each part brings

    %s
    ## Peers

    %s
    ### Published, not the same work

    Other data and another task: these figures are shown, and nothing is to be read from their
    difference to the ones above.

    %s
    ## The original design's five advantages

    The design this project grew from gives five reasons for a pretrained SELD encoder. Hidden
    hazards, three seeds each; a difference is shown where its 95 %% interval over seeds (Student's
    t, seed by seed) leaves 0 out. Beside stands the same network trained from scratch.

    %s\
    """
        .formatted(
            parts(ablation),
            peers(peers),
            table(published),
            new Advantages(TransferTable.read(transfer), peers).markdown());
  }

  private static <T> T read(Path file, TypeReference<T> type, T otherwise) {
    return Files.exists(file) ? Json.read(file, type, REMEDY) : otherwise;
  }

  private static String parts(AblationResult ablation) {
    String command =
        """
            ./hearsight simulate --preset standard --to STANDARD
            ./hearsight ablate --data STANDARD --to ablation
        """;
    if (ablation == null) {
      return """
      Not measured yet: `docs/results/ablation.json` is missing. These commands make it
      (`ablation/ablation.json`), and `docs/evaluation.md` says what they do:

      """
          + command;
    }
    return command
        + "\n"
        + """
        %d scenes of `%s` (%s); seeds %s; %s and %s epochs. Means over seeds with 95 %% intervals by
        Student's t; a star marks a difference from the whole model, seed by seed, whose interval leaves 0
        out. The interval is over trainings: other scenes would move all rows together. The %d intervals of
        differences are not corrected for their number: where nothing differs, one in twenty leaves 0 out.

        """
            .formatted(
                ablation.provenance().data().scenarios(),
                ablation.provenance().data().name(),
                ablation.provenance().data().split(),
                ablation.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                ablation.config().at("/stage1/epochs").asText(),
                ablation.config().at("/stage2/epochs").asText(),
                2 * ablation.rows().stream().filter(r -> !r.againstWhole().isEmpty()).count())
        + ablation.markdown()
        + "\n"
        + meaning(ablation);
  }

  /** Which rows place hidden hazards, or name hazards, otherwise than the whole model. */
  private static String meaning(AblationResult ablation) {
    return "- "
        + sentence(ablation, AblationFigure.HIDDEN_ANGLE, 1, "Hidden hazards are placed worse")
        + "- "
        + sentence(ablation, AblationFigure.HIDDEN_ANGLE, -1, "They are placed better")
        + "- "
        + sentence(ablation, AblationFigure.MACRO_F1, -1, "Hazards are named worse")
        + "- "
        + sentence(ablation, AblationFigure.MACRO_F1, 1, "They are named better");
  }

  private static String sentence(
      AblationResult ablation, AblationFigure figure, int sign, String what) {
    List<String> rows =
        ablation.rows().stream()
            .filter(
                row -> {
                  SeedMean d = row.againstWhole().get(figure);
                  return d != null && d.differsFromZero() && sign * d.mean() > 0;
                })
            .map(AblationResult.Row::label)
            .toList();
    return what + " by: " + (rows.isEmpty() ? "none" : String.join("; ", rows)) + ".\n";
  }

  private static String peers(Map<String, ImaginationScores> peers) {
    String command =
        "    ./hearsight simulate --train 100 --validation 0 --calibration 0 --test 300 --seed 7"
            + " --to data\n"
            + "    ./hearsight import seld 3_1_dev_split0_multiaccdoa_foa_model.h5"
            + " --to encoders/seld\n"
            + "    ./hearsight evaluate --data data --seld "
            + Advantages.OFFICIAL
            + "=encoders/seld --to docs/results/peers.json\n\n";
    if (peers.isEmpty()) {
      return "Not measured yet: `docs/results/peers.json` is missing. These commands make it:\n\n"
          + command;
    }
    TextTable table =
        TextTable.ofNumbers(
            List.of(
                "system", "hidden: median", "≤ 20°", "distance", "partly", "visible", "macro F1"),
            0);
    peers.forEach(
        (name, s) -> {
          Localization hidden = s.hidden().localization();
          table.row(
              name,
              String.format(
                  Locale.ROOT,
                  "%.1f° (%.1f–%.1f)",
                  hidden.medianAngle(),
                  hidden.medianAngleLow(),
                  hidden.medianAngleHigh()),
              String.format(Locale.ROOT, "%.0f %%", 100 * hidden.within20()),
              String.format(Locale.ROOT, "%.0f %%", 100 * hidden.medianRelativeDistance()),
              String.format(Locale.ROOT, "%.1f°", s.partly().localization().medianAngle()),
              String.format(Locale.ROOT, "%.1f°", s.visible().localization().medianAngle()),
              String.format(Locale.ROOT, "%.2f", s.classification().macroF1()));
        });
    int hidden = peers.values().iterator().next().hidden().count();
    return command
        + "The same scenes for all, %d of their hazards hidden; intervals are the bootstrap's over"
            .formatted(hidden)
        + " scenes.\n"
        + "`dcase2024` is the published checkpoint of the DCASE 2024 baseline, its scaler fitted to"
        + " these sounds. Systems\n"
        + "without classes or distances of their own have those of the training split's majority."
        + " The\n"
        + "original design's own form is a row of the ablation.\n\n"
        + table.markdown();
  }

  private static String table(List<Published> published) {
    TextTable table =
        TextTable.ofWords(List.of("work", "task", "data", "figures", "source", "what was read"));
    published.forEach(
        p -> table.row(p.work(), p.task(), p.data(), p.figures(), p.source(), p.read()));
    return table.markdown();
  }
}
