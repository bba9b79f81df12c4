package org.hearsight.core.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.text.TextTable;

/**
 * One system held against others on the same scenes, scene by scene.
 *
 * <p>Differences have the paired bootstrap's 95 % interval: scenes are drawn, and both systems are
 * scored on the same ones. Their p-values come from the same draws, centred on no difference; those
 * of right and wrong are McNemar's, exact. All p-values of a comparison are adjusted together by
 * Holm's method (<i>A simple sequentially rejective multiple test procedure</i>, Scandinavian
 * Journal of Statistics 6, 1979), so that the chance of even one false alarm among those below 0.05
 * is below 5 %.
 *
 * @param first what the others are held against
 * @param pairs one for each other system
 */
@JsonPropertyOrder({"first", "pairs"})
public record Comparison(String first, List<Pair> pairs) {
  /** Scenes that are listed as {@link Pair#apart}. */
  private static final int APART = 12;

  /** An adjusted p-value below this is called a difference. */
  public static final double SIGNIFICANT = 0.05;

  /**
   * Another system.
   *
   * @param second its name
   * @param tests a line for each measure
   * @param apart scenes whose directions differ most, the farthest apart first
   */
  @JsonPropertyOrder({"second", "tests", "apart"})
  public record Pair(String second, List<Test> tests, List<Apart> apart) {
    /** The test of a measure; null where it was not tested. */
    public Test test(Measure measure) {
      return tests.stream().filter(t -> t.measure() == measure).findFirst().orElse(null);
    }
  }

  /**
   * A measure of both.
   *
   * @param count scenes it was measured on
   * @param difference second minus first
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param onlyFirst scenes that only the first has right; −1 where nothing is right or wrong
   * @param onlySecond the same of the second
   * @param p that such a difference comes by chance where there is none
   * @param holm the same, adjusted for all tests of the comparison
   */
  @JsonPropertyOrder({
    "measure",
    "count",
    "first",
    "second",
    "difference",
    "low",
    "high",
    "only_first",
    "only_second",
    "p",
    "holm"
  })
  public record Test(
      Measure measure,
      int count,
      double first,
      double second,
      double difference,
      double low,
      double high,
      @JsonProperty("only_first") int onlyFirst,
      @JsonProperty("only_second") int onlySecond,
      double p,
      double holm) {
    /** Is the second system better (above 0), worse (below 0), or not known to differ (0)? */
    public int verdict() {
      if (holm >= SIGNIFICANT) {
        return 0;
      }
      return (int) Math.signum(measure.lowerIsBetter() ? -difference : difference);
    }

    private Test adjusted(double holm) {
      return new Test(
          measure, count, first, second, difference, low, high, onlyFirst, onlySecond, p, holm);
    }
  }

  /**
   * A scene that the systems see differently.
   *
   * @param id of the scenario
   * @param className true class
   * @param firstClass what the first answered
   * @param secondClass what the second answered
   * @param firstAngle degrees off
   * @param secondAngle degrees off
   */
  @JsonPropertyOrder({
    "id",
    "class",
    "visibility",
    "first_class",
    "second_class",
    "first_angle",
    "second_angle"
  })
  public record Apart(
      String id,
      @JsonProperty("class") String className,
      String visibility,
      @JsonProperty("first_class") String firstClass,
      @JsonProperty("second_class") String secondClass,
      @JsonProperty("first_angle") double firstAngle,
      @JsonProperty("second_angle") double secondAngle) {}

  public Comparison {
    pairs = List.copyOf(pairs);
  }

  /**
   * Compares.
   *
   * @param answers of every system, all in the order of the same scenarios
   * @param first name of the system that others are held against
   * @param others names of those
   * @param measures to be tested, as far as a pair of systems has them
   * @param seed of the bootstrap
   */
  public static Comparison of(
      Map<String, List<Answer>> answers,
      String first,
      List<String> others,
      List<Measure> measures,
      Taxonomy taxonomy,
      long seed) {
    List<Pair> pairs = new ArrayList<>();
    for (String second : others) {
      List<Answer> a = answers.get(first);
      List<Answer> b = answers.get(second);
      requireSameScenes(a, b);
      List<Test> tests = new ArrayList<>();
      for (Measure m : measures) {
        Test test = test(m, a, b, taxonomy, seed);
        if (test != null) {
          tests.add(test);
        }
      }
      pairs.add(new Pair(second, tests, apart(a, b, taxonomy)));
    }
    return new Comparison(first, adjusted(pairs));
  }

  /** The same, with another name for the first system. */
  public Comparison named(String name) {
    return new Comparison(name, pairs);
  }

  /** A table for a terminal, and the scenes farthest apart; ends with a line break. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Pair pair : pairs) {
      TextTable table =
          TextTable.ofNumbers(
              List.of(
                  pair.second() + " – " + first,
                  "n",
                  "first",
                  "second",
                  "difference",
                  "95 %",
                  "p (Holm)",
                  ""),
              0);
      for (Test t : pair.tests()) {
        table.row(
            t.measure().label(),
            Integer.toString(t.count()),
            t.measure().format(t.first()),
            t.measure().format(t.second()),
            t.measure().format(t.difference()),
            t.measure().format(t.low()) + " to " + t.measure().format(t.high()),
            String.format(Locale.ROOT, "%.4f", t.holm()),
            t.verdict() > 0 ? "better" : t.verdict() < 0 ? "worse" : "");
      }
      out.append(table.aligned()).append('\n');
      out.append("farthest apart:\n");
      for (Apart a : pair.apart()) {
        out.append(
            String.format(
                Locale.ROOT,
                "  %s, %s, %s: %.1f° (%s) and %.1f° (%s) off\n",
                a.id(),
                a.className(),
                a.visibility(),
                a.firstAngle(),
                a.firstClass(),
                a.secondAngle(),
                a.secondClass()));
      }
    }
    return out.toString();
  }

  private static void requireSameScenes(List<Answer> a, List<Answer> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = a.get(i).truth().id().equals(b.get(i).truth().id());
    }
    if (!same) {
      throw new IllegalArgumentException("comparison: the systems answered other scenes");
    }
  }

  private static Test test(
      Measure m, List<Answer> first, List<Answer> second, Taxonomy taxonomy, long seed) {
    int[] on =
        IntStream.range(0, first.size())
            .filter(i -> m.measures(first.get(i)) && m.measures(second.get(i)))
            .toArray();
    if (on.length == 0) {
      return null;
    }
    double[] a = IntStream.of(on).mapToDouble(i -> m.value(first.get(i), taxonomy)).toArray();
    double[] b = IntStream.of(on).mapToDouble(i -> m.value(second.get(i), taxonomy)).toArray();
    PairedBootstrap drawn = PairedBootstrap.of(a, b, m.statistic(), seed);
    int onlyFirst = -1;
    int onlySecond = -1;
    double p = drawn.p();
    if (m.isRightOrWrong()) {
      onlyFirst = (int) IntStream.range(0, a.length).filter(i -> a[i] > b[i]).count();
      onlySecond = (int) IntStream.range(0, a.length).filter(i -> b[i] > a[i]).count();
      p = PairedBootstrap.mcNemar(onlyFirst, onlySecond);
    }
    return new Test(
        m,
        on.length,
        drawn.first(),
        drawn.second(),
        drawn.second() - drawn.first(),
        drawn.low(),
        drawn.high(),
        onlyFirst,
        onlySecond,
        p,
        p);
  }

  private static List<Apart> apart(List<Answer> a, List<Answer> b, Taxonomy taxonomy) {
    return IntStream.range(0, a.size())
        .filter(i -> !a.get(i).truth().isBackground())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                (Integer i) -> -Math.abs(a.get(i).angle() - b.get(i).angle())))
        .limit(APART)
        .map(
            i ->
                new Apart(
                    a.get(i).truth().id(),
                    a.get(i).truth().className(),
                    a.get(i).truth().visibilityBin().label(),
                    taxonomy.nameOf(a.get(i).answeredClass()),
                    taxonomy.nameOf(b.get(i).answeredClass()),
                    a.get(i).angle(),
                    b.get(i).angle()))
        .toList();
  }

  private static List<Pair> adjusted(List<Pair> pairs) {
    List<Test> all = pairs.stream().flatMap(p -> p.tests().stream()).toList();
    double[] holm = PairedBootstrap.holm(all.stream().mapToDouble(Test::p).toArray());
    List<Pair> adjusted = new ArrayList<>();
    int at = 0;
    for (Pair pair : pairs) {
      List<Test> tests = new ArrayList<>();
      for (Test t : pair.tests()) {
        tests.add(t.adjusted(holm[at++]));
      }
      adjusted.add(new Pair(pair.second(), tests, pair.apart()));
    }
    return adjusted;
  }
}
