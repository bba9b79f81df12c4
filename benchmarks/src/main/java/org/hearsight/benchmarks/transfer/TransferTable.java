package org.hearsight.benchmarks.transfer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.core.file.Json;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.text.TextTable;
import org.hearsight.inference.evaluate.Evaluation;
import org.hearsight.learning.ablate.AblationRow;
import org.hearsight.learning.ablate.AblationRun;

/**
 * What pretraining brings: the scores of {@code benchmarks/transfer.sh} as Markdown, hidden hazards
 * only. Cells are the mean over seeds ± the sample standard deviation.
 */
public final class TransferTable {
  private static final Pattern NAME = Pattern.compile("([a-z0-9]+)-(\\d+)-seed(\\d+)\\.json");
  private static final String PRETRAINED = "shipped";
  private static final String SCRATCH = "scratch";
  private static final int FEW = 500;
  private static final int MANY = 1000;

  /** By encoder, number of training scenes and seed. */
  private final NavigableMap<String, NavigableMap<Integer, NavigableMap<Long, AblationRun>>> all =
      new TreeMap<>();

  private static final String REMEDY = "write it with benchmarks/transfer.sh";

  private TransferTable() {}

  /**
   * The tables of all runs in a folder.
   *
   * @param folder of {@code ENCODER-SIZE-seedSEED.json}, each a row {@code whole} of {@code ablate}
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
            .all
            .computeIfAbsent(name.group(1), k -> new TreeMap<>())
            .computeIfAbsent(Integer.parseInt(name.group(2)), k -> new TreeMap<>())
            .put(Long.parseLong(name.group(3)), run(file, Long.parseLong(name.group(3))));
      }
    }
    if (table.all.isEmpty()) {
      throw new InputException(
          folder,
          "holds no scores named ENCODER-SIZE-seedSEED.json",
          "give the folder that benchmarks/transfer.sh wrote");
    }
    return table;
  }

  /** Scores of hidden hazards of an encoder and so many scenes, by seed; empty if none was run. */
  public NavigableMap<Long, ImaginationScores.Slice> hidden(String encoder, int size) {
    NavigableMap<Long, ImaginationScores.Slice> hidden = new TreeMap<>();
    runs(encoder, size)
        .forEach(
            (seed, run) -> hidden.put(seed, run.scores().get(Evaluation.IMAGINATION).hidden()));
    return hidden;
  }

  /**
   * The least seconds of an encoder's trainings with so many scenes, in which its encodings were
   * there; NaN if none was run in one piece.
   */
  public double seconds(String encoder, int size) {
    return runs(encoder, size).values().stream()
        .mapToDouble(AblationRun::seconds)
        .filter(s -> !Double.isNaN(s))
        .min()
        .orElse(Double.NaN);
  }

  /** How many runs there are of all encoders. */
  public int count() {
    return all.values().stream()
        .flatMap(bySize -> bySize.values().stream())
        .mapToInt(NavigableMap::size)
        .sum();
  }

  private NavigableMap<Long, AblationRun> runs(String encoder, int size) {
    return all.getOrDefault(encoder, new TreeMap<>()).getOrDefault(size, new TreeMap<>());
  }

  private static AblationRun run(Path file, long seed) {
    AblationRun run = Json.read(file, AblationRun.class, REMEDY);
    if (run.scores() == null || !run.scores().containsKey(Evaluation.IMAGINATION)) {
      throw new InputException(file, "lacks the scores of " + Evaluation.IMAGINATION, REMEDY);
    }
    if (run.seed() != seed || !AblationRow.WHOLE.toString().equals(run.row())) {
      throw new InputException(
          file,
          "row %s, seed %d: is not what its name says".formatted(run.row(), run.seed()),
          REMEDY);
    }
    return run;
  }

  private String markdown() {
    StringBuilder out = new StringBuilder();
    out.append("Hidden hazards, macro-F1, by training scenarios:\n\n");
    block(out, 3, ImaginationScores.Slice::macroF1);
    out.append("\nHidden hazards, median angular error in degrees, by training scenarios:\n\n");
    block(out, 1, s -> s.localization().medianAngle());
    Collection<ImaginationScores.Slice> few = hidden(PRETRAINED, FEW).values();
    Collection<ImaginationScores.Slice> many = hidden(SCRATCH, MANY).values();
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
        all.values().stream().flatMap(m -> m.keySet().stream()).distinct().sorted().toList();
    List<String> header = new ArrayList<>(List.of("encoder", "seeds"));
    sizes.forEach(size -> header.add(size.toString()));
    TextTable table = TextTable.ofWords(header);
    all.forEach(
        (encoder, bySize) -> {
          List<String> cells = new ArrayList<>(List.of(encoder, seeds(bySize)));
          sizes.forEach(size -> cells.add(cell(hidden(encoder, size).values(), digits, score)));
          table.row(cells);
        });
    out.append(table.markdown());
  }

  /** How many runs a cell of a row has: one number, or the least and the most. */
  private static String seeds(NavigableMap<Integer, NavigableMap<Long, AblationRun>> bySize) {
    int least = bySize.values().stream().mapToInt(NavigableMap::size).min().orElse(0);
    int most = bySize.values().stream().mapToInt(NavigableMap::size).max().orElse(0);
    return least == most ? Integer.toString(most) : least + "–" + most;
  }

  private static String cell(
      Collection<ImaginationScores.Slice> runs,
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
      Collection<ImaginationScores.Slice> runs, ToDoubleFunction<ImaginationScores.Slice> score) {
    return runs.stream().mapToDouble(score).average().orElse(Double.NaN);
  }
}
