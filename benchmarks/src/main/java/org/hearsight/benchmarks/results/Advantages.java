package org.hearsight.benchmarks.results;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.hearsight.benchmarks.transfer.TransferTable;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.metrics.ImaginationScores.Slice;
import org.hearsight.core.metrics.SeedMean;
import org.hearsight.core.text.TextTable;
import org.hearsight.inference.evaluate.Evaluation;

/**
 * The five advantages that the original design claims of a pretrained SELD encoder, held against
 * the runs of {@code benchmarks/transfer.sh} and the peers' table. What is shown is decided by the
 * interval over seeds, not by hand.
 *
 * @param transfer scores of hidden hazards by encoder, training scenes and seed
 * @param peers scores by system; empty where they were not made
 */
record Advantages(TransferTable transfer, Map<String, ImaginationScores> peers) {
  /** What {@code evaluate --seld} calls the DCASE 2024 baseline's checkpoint. */
  static final String OFFICIAL = "dcase2024";

  private static final String SHIPPED = "shipped";
  private static final String SCRATCH = "scratch";
  private static final boolean MORE = true;
  private static final boolean LESS = false;
  private static final String RUNS = "`benchmarks/results/transfer`";

  private static final ToDoubleFunction<Slice> F1 = Slice::macroF1;

  private static double angle(Slice slice) {
    return slice.localization().medianAngle();
  }

  String markdown() {
    TextTable table = TextTable.ofWords(List.of("claim", "verdict", "figures", "from"));
    table.row(faster());
    table.row(generalizes());
    table.row(lessData());
    table.row(proven());
    table.row(modular());
    return table.markdown();
  }

  private List<String> faster() {
    double pretrained = transfer.seconds(SHIPPED, 1000);
    double scratch = transfer.seconds(SCRATCH, 1000);
    SeedMean quarter = against(SHIPPED, 250, SCRATCH, 1000, F1);
    return List.of(
        "faster training",
        (Double.isNaN(pretrained) || Double.isNaN(scratch)
                ? "the same epochs: not measured"
                : verdict(pretrained < scratch, "the same epochs"))
            + "; "
            + verdict(quarter, MORE, "a quarter of the steps, for names"),
        String.format(
                Locale.ROOT,
                "1000 scenes and the same epochs take %.0f s beside %.0f s, the quickest of the seeds,"
                    + " for which the encoders had run before; ",
                pretrained,
                scratch)
            + "250 scenes, a quarter of the steps: macro F1 "
            + beside(SHIPPED, 250, SCRATCH, 1000, F1, 2)
            + ", difference "
            + interval(quarter, 2),
        RUNS);
  }

  private List<String> generalizes() {
    SeedMean names = against(SHIPPED, 1000, SCRATCH, 1000, F1);
    SeedMean places = against(SHIPPED, 1000, SCRATCH, 1000, Advantages::angle);
    return List.of(
        "better generalization",
        verdict(names, MORE, "names") + "; " + verdict(places, LESS, "places"),
        "unseen scenes, 1000 training scenes each: macro F1 "
            + beside(SHIPPED, 1000, SCRATCH, 1000, F1, 2)
            + ", difference "
            + interval(names, 2)
            + "; direction "
            + beside(SHIPPED, 1000, SCRATCH, 1000, Advantages::angle, 1)
            + "°, difference "
            + interval(places, 1)
            + "°. From scratch was not asked about unseen recordings",
        RUNS);
  }

  private List<String> lessData() {
    SeedMean names = against(SHIPPED, 500, SCRATCH, 500, F1);
    SeedMean places = against(SHIPPED, 500, SCRATCH, 1000, Advantages::angle);
    return List.of(
        "less data",
        verdict(names, MORE, "names")
            + "; "
            + verdict(places, LESS, "places with half of the scenes"),
        "500 scenes each: macro F1 "
            + beside(SHIPPED, 500, SCRATCH, 500, F1, 2)
            + ", difference "
            + interval(names, 2)
            + "; direction at 500 beside scratch at 1000: "
            + beside(SHIPPED, 500, SCRATCH, 1000, Advantages::angle, 1)
            + "°, difference "
            + interval(places, 1)
            + "°",
        RUNS);
  }

  private List<String> proven() {
    SeedMean names = against("official", 1000, SCRATCH, 1000, F1);
    String figures =
        "the published checkpoint as encoder, 1000 scenes: macro F1 "
            + beside("official", 1000, SCRATCH, 1000, F1, 2)
            + " from scratch, difference "
            + interval(names, 2);
    ImaginationScores official = peers.get(OFFICIAL + ", last 1 s");
    ImaginationScores vector = peers.get(Evaluation.DOA_END);
    if (official != null && vector != null) {
      figures +=
          String.format(
              Locale.ROOT,
              "; asked where hidden hazards are it is %.1f° off, the intensity vector %.1f°",
              official.hidden().localization().medianAngle(),
              vector.hidden().localization().medianAngle());
    }
    return List.of(
        "proven architecture",
        verdict(names, MORE, "the published checkpoint"),
        figures,
        peers.isEmpty() ? RUNS : RUNS + ", `peers.json`");
  }

  private List<String> modular() {
    return List.of(
        "modular",
        "shown",
        "three encoders in "
            + transfer.count()
            + " runs by one command, nothing else changed; a fourth, AvCrnn, by the tests of"
            + " `learning`",
        RUNS);
  }

  private static String verdict(boolean shown, String of) {
    return of + ": " + (shown ? "shown" : "**not shown**");
  }

  /**
   * What a difference from scratch says of a claim: of no seed nothing, of an interval on the other
   * side of 0 the opposite.
   *
   * @param better whether more is better
   */
  private static String verdict(SeedMean difference, boolean better, String of) {
    boolean above = difference.low() > 0;
    boolean below = difference.high() < 0;
    String said =
        difference.values().isEmpty()
            ? "not measured"
            : (better ? above : below)
                ? "shown"
                : (better ? below : above) ? "**refuted**" : "**not shown**";
    return of + ": " + said;
  }

  /** One minus the other, seed by seed. */
  private SeedMean against(
      String one, int size, String other, int otherSize, ToDoubleFunction<Slice> of) {
    Map<Long, Slice> a = transfer.hidden(one, size);
    Map<Long, Slice> b = transfer.hidden(other, otherSize);
    return SeedMean.of(
        common(a, b)
            .mapToDouble(s -> of.applyAsDouble(a.get(s)) - of.applyAsDouble(b.get(s)))
            .toArray());
  }

  /** Means over the same seeds. */
  private String beside(
      String one, int size, String other, int otherSize, ToDoubleFunction<Slice> of, int digits) {
    Map<Long, Slice> a = transfer.hidden(one, size);
    Map<Long, Slice> b = transfer.hidden(other, otherSize);
    return number(mean(common(a, b).map(a::get), of), digits)
        + " beside "
        + number(mean(common(a, b).map(b::get), of), digits);
  }

  private static Stream<Long> common(Map<Long, Slice> a, Map<Long, Slice> b) {
    return a.keySet().stream().filter(b::containsKey);
  }

  private static double mean(Stream<Slice> slices, ToDoubleFunction<Slice> of) {
    return SeedMean.of(slices.mapToDouble(of).toArray()).mean();
  }

  private static String interval(SeedMean mean, int digits) {
    String signed = "%+." + digits + "f";
    if (mean.values().size() < 2) {
      return mean.values().isEmpty()
          ? "not measured"
          : String.format(Locale.ROOT, signed + " of one seed", mean.mean());
    }
    return String.format(
        Locale.ROOT,
        signed + " (" + signed + " to " + signed + ")",
        mean.mean(),
        mean.low(),
        mean.high());
  }

  private static String number(double value, int digits) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
