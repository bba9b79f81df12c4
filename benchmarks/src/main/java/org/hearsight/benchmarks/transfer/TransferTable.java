package org.hearsight.benchmarks.transfer;

import com.fasterxml.jackson.core.type.TypeReference;
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
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.text.TextTable;

/**
 * What pretraining brings: the scores of {@code benchmarks/transfer.sh} as Markdown, hidden hazards
 * only. Cells are the mean over seeds ± the sample standard deviation.
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

  /**
   * The tables of all runs in a folder.
   *
   * @param folder of {@code ENCODER-SIZE-seedSEED.json}, each written by {@code evaluate --to}
   * @throws InputException if it cannot be listed, holds no such file, or one cannot be read
   */
  public static String of(Path folder) {
    return read(folder).markdown();
  }

  /**
   * What all runs in a folder came to.
   *
   * @throws InputException as {@link #of}
   */
  public static TransferTable read(Path folder) {
    TransferTable table = new TransferTable();
    for (Path file : FolderListing.entries(folder)) {
      Matcher name = NAME.matcher(file.getFileName().toString());
      if (name.matches()) {
        table
            .hidden
            .computeIfAbsent(name.group(1), k -> new TreeMap<>())
            .computeIfAbsent(Integer.parseInt(name.group(2)), k -> new ArrayList<>())
            .add(scores(file).hidden());
      }
    }
    if (table.hidden.isEmpty()) {
      throw new InputException(
          folder,
          "holds no scores named ENCODER-SIZE-seedSEED.json",
          "give the folder that benchmarks/transfer.sh wrote");
    }
    return table;
  }

  /** Scores of hidden hazards of an encoder and so many scenes, by seed; empty if none was run. */
  public List<ImaginationScores.Slice> runs(String encoder, int size) {
    return hidden.getOrDefault(encoder, new TreeMap<>()).getOrDefault(size, List.of());
  }

  /** How many runs there are of all encoders. */
  public int count() {
    return hidden.values().stream()
        .flatMap(bySize -> bySize.values().stream())
        .mapToInt(List::size)
        .sum();
  }

  private static ImaginationScores scores(Path file) {
    ImaginationScores scores =
        Json.read(file, new TypeReference<Map<String, ImaginationScores>>() {}, REMEDY).get(MODEL);
    if (scores == null) {
      throw new InputException(file, "lacks the scores of " + MODEL, REMEDY);
    }
    return scores;
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
    List<String> header = new ArrayList<>(List.of("encoder", "seeds"));
    sizes.forEach(size -> header.add(size.toString()));
    TextTable table = TextTable.ofWords(header);
    hidden.forEach(
        (encoder, bySize) -> {
          List<String> cells = new ArrayList<>(List.of(encoder, seeds(bySize)));
          sizes.forEach(size -> cells.add(cell(runs(encoder, size), digits, score)));
          table.row(cells);
        });
    out.append(table.markdown());
  }

  /** How many runs a cell of a row has: one number, or the least and the most. */
  private static String seeds(SortedMap<Integer, List<ImaginationScores.Slice>> bySize) {
    int least = bySize.values().stream().mapToInt(List::size).min().orElse(0);
    int most = bySize.values().stream().mapToInt(List::size).max().orElse(0);
    return least == most ? Integer.toString(most) : least + "–" + most;
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
