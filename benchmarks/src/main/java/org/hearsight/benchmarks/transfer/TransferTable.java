package org.hearsight.benchmarks.transfer;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hearsight.core.file.JsonFile;
import org.hearsight.core.metrics.ImaginationScores;

/**
 * What pretraining brings: the scores of {@code benchmarks/transfer.sh} as Markdown, hidden hazards
 * only.
 *
 * <p>Argument: a folder of {@code ENCODER-SIZE-seedSEED.json}, each written by {@code evaluate
 * --to}. Cells are the mean over seeds ± the sample standard deviation.
 */
public final class TransferTable {
  private static final Pattern NAME = Pattern.compile("([a-z0-9]+)-(\\d+)-seed(\\d+)\\.json");
  private static final String MODEL = "imagination";
  private static final String PRETRAINED = "shipped";
  private static final String SCRATCH = "scratch";
  private static final int FEW = 500;
  private static final int MANY = 1000;

  private final SortedMap<String, SortedMap<Integer, List<ImaginationScores.Slice>>> hidden =
      new TreeMap<>();

  private static final String REMEDY = "write it with evaluate --to";

  private TransferTable() {}

  public static void main(String[] args) throws IOException {
    System.out.print(of(Path.of(args[0])));
  }

  /** The table of all runs in a folder. */
  static String of(Path folder) throws IOException {
    TransferTable table = new TransferTable();
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        Map<String, ImaginationScores> scores =
            JsonFile.read(file, new TypeReference<Map<String, ImaginationScores>>() {}, REMEDY);
        table
            .hidden
            .computeIfAbsent(name.group(1), k -> new TreeMap<>())
            .computeIfAbsent(Integer.parseInt(name.group(2)), k -> new ArrayList<>())
            .add(scores.get(MODEL).hidden());
      }
    }
    return table.markdown();
  }

  private String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("Hidden hazards, macro-F1, by training scenarios:\n\n");
    block(out, 3, ImaginationScores.Slice::macroF1);
    out.append("\nHidden hazards, median angular error in degrees, by training scenarios:\n\n");
    block(out, 1, s -> s.localization().medianAngle());
    List<ImaginationScores.Slice> few = runs(PRETRAINED, FEW);
    List<ImaginationScores.Slice> many = runs(SCRATCH, MANY);
    if (!few.isEmpty() && !many.isEmpty()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%nPretrained at %d beside scratch at %d: macro-F1 %+.3f, median angular error"
                  + " %+.1f°.%n",
              FEW,
              MANY,
              mean(few, ImaginationScores.Slice::macroF1)
                  - mean(many, ImaginationScores.Slice::macroF1),
              mean(few, s -> s.localization().medianAngle())
                  - mean(many, s -> s.localization().medianAngle())));
    }
    return out.toString();
  }

  private void block(
      StringBuilder out, int digits, ToDoubleFunction<ImaginationScores.Slice> score) {
    List<Integer> sizes =
        hidden.values().stream().flatMap(m -> m.keySet().stream()).distinct().sorted().toList();
    out.append("| encoder | seeds |");
    sizes.forEach(size -> out.append(' ').append(size).append(" |"));
    out.append("\n|---|---|").append("---|".repeat(sizes.size())).append('\n');
    hidden.forEach(
        (encoder, bySize) -> {
          out.append("| ").append(encoder).append(" | ").append(seeds(bySize)).append(" |");
          sizes.forEach(
              size ->
                  out.append(' ').append(cell(runs(encoder, size), digits, score)).append(" |"));
          out.append('\n');
        });
  }

  /** How many runs a cell of a row has: one number, or the least and the most. */
  private static String seeds(SortedMap<Integer, List<ImaginationScores.Slice>> bySize) {
    int least = bySize.values().stream().mapToInt(List::size).min().orElse(0);
    int most = bySize.values().stream().mapToInt(List::size).max().orElse(0);
    return least == most ? Integer.toString(most) : least + "–" + most;
  }

  private List<ImaginationScores.Slice> runs(String encoder, int size) {
    return hidden.getOrDefault(encoder, new TreeMap<>()).getOrDefault(size, List.of());
  }

  private static String cell(
      List<ImaginationScores.Slice> runs,
      int digits,
      ToDoubleFunction<ImaginationScores.Slice> score) {
    if (runs.isEmpty()) {
      return "–";
    }
    String number = "%." + digits + "f";
    double mean = mean(runs, score);
    String text = String.format(Locale.ROOT, number, mean);
    if (runs.size() == 1) {
      return text;
    }
    double squares = 0;
    for (ImaginationScores.Slice s : runs) {
      squares += Math.pow(score.applyAsDouble(s) - mean, 2);
    }
    double spread = Math.sqrt(squares / (runs.size() - 1));
    return text + String.format(Locale.ROOT, " ± " + number, spread);
  }

  private static double mean(
      List<ImaginationScores.Slice> runs, ToDoubleFunction<ImaginationScores.Slice> score) {
    return runs.stream().mapToDouble(score).average().orElse(Double.NaN);
  }
}
