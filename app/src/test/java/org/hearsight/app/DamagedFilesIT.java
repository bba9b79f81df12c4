package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.app.FileTree.copied;
import static org.hearsight.app.FileTree.copy;
import static org.hearsight.app.FileTree.delete;
import static org.hearsight.app.FileTree.matching;
import static org.hearsight.app.FileTree.regular;
import static org.hearsight.app.FileTree.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.hearsight.app.DamagedKind.Verdict;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files of every kind we write, damaged one at a time and read by the command that reads them:
 * refused in one line, mended, or of no consequence; where we hold a checksum, nothing else.
 *
 * <p>{@code tools/faults/damage.sh} runs many more than the tests do: {@code -Dhearsight.damages=N}
 * and {@code -Dhearsight.damages.seed=S} say how many and which, {@code -Dhearsight.damages.only=X}
 * only kinds whose name holds X.
 */
class DamagedFilesIT {
  private static final int DAMAGES = Integer.getInteger("hearsight.damages", 100);
  private static final long SEED = Long.getLong("hearsight.damages.seed", 1);
  private static final String ONLY = System.getProperty("hearsight.damages.only", "");

  /** Commands that take seconds get their share in the long run only. */
  private static final boolean LONG = DAMAGES > 100;

  @TempDir private static Path top;
  private static Path data;
  private static Path model;
  private static Path seld;

  @BeforeAll
  static void make() throws IOException {
    data = top.resolve("data");
    ok("simulate", "--train", 3, "--validation", 1, "--test", 2, "--seed", 7, "--to", data);
    seld = copied(Path.of("..", "weights", "seld"), top.resolve("seld"));
    model = top.resolve("model");
    ok(train(model, top.resolve("encoded")));
  }

  private static Object[] train(Path to, Path cache, Object... more) {
    List<Object> words =
        new ArrayList<>(
            List.of("train", "--data", data, "--seld", seld, "--resnet50", "../weights/resnet50"));
    words.addAll(List.of("--cache", cache, "--stage1-epochs", 1, "--stage2-epochs", 1));
    words.addAll(List.of("--batch", 2, "--threads", 1, "--to", to));
    words.addAll(List.of(more));
    return words.toArray();
  }

  @AfterAll
  static void release() {
    delete(top);
  }

  private List<DamagedKind> subjects() throws IOException {
    List<DamagedKind> all = new ArrayList<>();
    ofAModel(all);
    ofAnEncoder(all);
    ofADataSet(all);
    ofAClassMap(all);
    ofUsers(all);
    if (LONG) {
      ofATraining(all);
      ofAnUnfinishedSet(all);
    }
    return all.stream().filter(s -> s.kind().contains(ONLY)).toList();
  }

  private void ofAModel(List<DamagedKind> all) {
    Path wav = matching(data, ".wav").get(0);
    Path rgb = matching(data.resolve("rgb"), ".png").get(0);
    Path depth = data.resolve("depth").resolve(rgb.getFileName());
    DamagedKind.Reader imagine =
        () ->
            Cli.run(
                "imagine",
                "--model",
                model,
                "--audio",
                wav,
                "--rgb",
                rgb,
                "--depth",
                depth,
                "--threads",
                2,
                "--json");
    all.add(held("model.json", List.of(model.resolve("model.json")), 8, imagine));
    for (String part : List.of("seld_encoder", "visual_encoder", "imagination")) {
      String name = part + ".onnx";
      all.add(held(name, List.of(model.resolve(name)), 4, imagine));
    }
    DamagedKind.Reader check = () -> Cli.run("doctor", "--check", model, "--threads", 2);
    all.add(
        held(
            "weights.safetensors of a model",
            List.of(model.resolve("training/weights.safetensors")),
            4,
            check));
  }

  private void ofAnEncoder(List<DamagedKind> all) {
    Path input = top.resolve("input.safetensors");
    float[] numbers = new float[7 * 50 * 64];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    Safetensors.write(input, Map.of("input", Tensor.of(numbers, 1, 7, 50, 64)), Map.of());
    Path output = top.resolve("encoded.safetensors");
    DamagedKind.Reader encode =
        () -> Cli.run("encode", "--seld", seld, "--input", input, "--to", output);
    List<Path> out = List.of(output);
    all.add(
        new DamagedKind(
            "encoder.json", List.of(seld.resolve("encoder.json")), true, 8, encode, out));
    Path weights = seld.resolve("weights.safetensors");
    all.add(
        new DamagedKind(
            "weights.safetensors of an encoder", List.of(weights), true, 6, encode, out));
    all.add(new DamagedKind("safetensors of a user", List.of(input), false, 4, encode, out));
  }

  private void ofADataSet(List<DamagedKind> all) {
    Path answers = top.resolve("answers.csv");
    DamagedKind.Reader evaluate =
        () ->
            Cli.run(
                "evaluate",
                "--model",
                model,
                "--data",
                data,
                "--answers",
                answers,
                "--threads",
                2,
                "--json");
    List<Path> out = List.of(answers);
    for (String name : List.of("dataset.json", "scenarios.jsonl", "files.sha256", "draws.jsonl")) {
      all.add(new DamagedKind(name, List.of(data.resolve(name)), true, 8, evaluate, out));
    }
    Path sounds = data.resolve("foa_dev/dev-test-sim");
    all.add(new DamagedKind("WAV of a data set", matching(sounds, ".wav"), true, 8, evaluate, out));
    List<String> tested =
        matching(sounds, ".wav").stream()
            .map(f -> f.getFileName().toString().replace(".wav", ".png"))
            .toList();
    for (String plane : List.of("rgb", "depth", "occlusion")) {
      List<Path> pictures =
          matching(data.resolve(plane), ".png").stream()
              .filter(f -> tested.contains(f.getFileName().toString()))
              .toList();
      all.add(new DamagedKind("PNG of a data set, " + plane, pictures, true, 5, evaluate, out));
    }
    Path labels = data.resolve("metadata_dev/dev-test-sim");
    Path heard = copied(labels, top.resolve("heard"));
    Path taxonomy = top.resolve("taxonomy.json");
    write(
        taxonomy,
        "{\"name\": \"mine\", \"classes\": [\"background\", \"siren\", \"horn\", \"engine\","
            + " \"train\", \"footsteps\", \"dog\", \"voice\", \"power_tool\", \"impact\"]}\n");
    DamagedKind.Reader score =
        () ->
            Cli.run(
                "evaluate",
                "seld",
                "--reference",
                labels,
                "--prediction",
                heard,
                "--taxonomy",
                taxonomy,
                "--json");
    all.add(held("label CSV of a data set", matching(labels, ".csv"), 8, score));
    all.add(new DamagedKind("event CSV", matching(heard, ".csv"), false, 6, score, List.of()));
    all.add(new DamagedKind("taxonomy", List.of(taxonomy), false, 6, score, List.of()));
  }

  /** Names of the network's classes that a data set does not have, for those that it has. */
  private void ofAClassMap(List<DamagedKind> all) {
    Path map = top.resolve("class-map.json");
    write(
        map,
        "{\"alarm\": \"siren\", \"bell\": \"horn\", \"music\": \"voice\", \"bird\": \"dog\","
            + " \"knock\": \"impact\"}\n");
    Path events = top.resolve("events");
    DamagedKind.Reader detect =
        () -> Cli.run("detect", "--seld", seld, "--data", data, "--class-map", map, "--to", events);
    all.add(new DamagedKind("class map", List.of(map), false, 6, detect, List.of(events)));
  }

  private void ofUsers(List<DamagedKind> all) {
    Path own = top.resolve("own");
    Path wav = own.resolve("a.wav");
    Path rgb = own.resolve("rgb.png");
    Path depth = own.resolve("depth.png");
    Path occlusion = own.resolve("occlusion.png");
    Path picture = matching(data.resolve("rgb"), ".png").get(0);
    copy(matching(data, ".wav").get(0), wav);
    copy(picture, rgb);
    copy(data.resolve("depth").resolve(picture.getFileName()), depth);
    copy(data.resolve("occlusion").resolve(picture.getFileName()), occlusion);
    DamagedKind.Reader imagine =
        () ->
            Cli.run(
                "imagine",
                "--model",
                model,
                "--audio",
                wav,
                "--rgb",
                rgb,
                "--depth",
                depth,
                "--occlusion",
                occlusion,
                "--threads",
                2,
                "--json");
    all.add(new DamagedKind("WAV of a user", List.of(wav), false, 5, imagine, List.of()));
    all.add(
        new DamagedKind(
            "PNG of a user", List.of(rgb, depth, occlusion), false, 5, imagine, List.of()));
  }

  /** A finished run that is gone on with, and a new one on a cache. */
  private void ofATraining(List<DamagedKind> all) {
    Path again = copied(model, top.resolve("again"));
    DamagedKind.Reader resume = () -> Cli.run(train(again, top.resolve("encoded"), "--resume"));
    all.add(
        new DamagedKind(
            "training.safetensors",
            List.of(again.resolve("training/training.safetensors")),
            true,
            3,
            () -> {
              Cli.Result result = resume.read();
              return new Cli.Result(result.exit(), sums(again), result.err());
            },
            List.of()));
    Path cache = copied(top.resolve("encoded"), top.resolve("cache"));
    Path fresh = top.resolve("fresh");
    all.add(
        new DamagedKind(
            "cache of a training",
            regular(cache),
            true,
            3,
            () -> {
              Cli.Result result = Cli.run(train(fresh, cache));
              return new Cli.Result(
                  result.exit(), result.exit() == 0 ? sums(fresh) : "", result.err());
            },
            List.of(fresh)));
  }

  private static String sums(Path trained) {
    return Sha256.of(trained.resolve("training/weights.safetensors"))
        + Sha256.of(trained.resolve("training/epochs.csv"));
  }

  private void ofAnUnfinishedSet(List<DamagedKind> all) throws IOException {
    Path begun = top.resolve("begun");
    Path set = top.resolve("set");
    Object[] command = {
      "simulate", "--train", 2, "--validation", 1, "--test", 1, "--seed", 8, "--to", begun
    };
    Processes processes = new Processes(Files.createDirectories(top.resolve("logs")));
    try {
      processes.killWhen(() -> regular(begun.resolve(".unfinished")).size() > 3, command);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    command[command.length - 1] = set;
    Path kept = top.resolve("kept");
    Files.move(begun, kept);
    List<Path> entries = regular(kept.resolve(".unfinished"));
    List<Path> pieces =
        regular(kept).stream().filter(f -> !f.startsWith(kept.resolve(".unfinished"))).toList();
    DamagedKind.Reader resume =
        () -> {
          copied(kept, set);
          return Cli.run(command);
        };
    all.add(new DamagedKind("journal and plan", entries, true, 6, resume, List.of(set)));
    all.add(new DamagedKind("pieces of an unfinished set", pieces, true, 6, resume, List.of(set)));
  }

  private static DamagedKind held(
      String kind, List<Path> files, int share, DamagedKind.Reader reader) {
    return new DamagedKind(kind, files, true, share, reader, List.of());
  }

  @Test
  void damageIsRefusedOrMendedOrOfNoConsequence() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    List<DamagedKind> subjects = subjects();
    int shares = subjects.stream().mapToInt(DamagedKind::share).sum();
    Map<String, Map<Verdict, Integer>> table = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    int done = 0;
    int total = 0;
    for (DamagedKind s : subjects) {
      assertThat(s.files()).as(s.kind()).isNotEmpty();
      Cli.Result whole = s.read();
      assertThat(whole.exit()).as(s.kind() + ": " + whole.err()).isZero();
      String expected = s.answer(whole);
      done += s.share();
      int until = (int) ((long) DAMAGES * done / shares);
      Map<Verdict, Integer> row = new EnumMap<>(Verdict.class);
      table.put(s.kind(), row);
      for (; total < until; total++) {
        Path file = s.files().get(random.nextInt(s.files().size()));
        byte[] content = Files.readAllBytes(file);
        List<FileDamage> possible = FileDamage.to(content);
        FileDamage damage = possible.get(random.nextInt(possible.size()));
        byte[] damaged = damage.of(content, random);
        Files.write(file, damaged);
        Cli.Result result = s.read();
        Verdict verdict = s.verdict(result, expected);
        row.merge(verdict, 1, Integer::sum);
        String what = s.kind() + ", " + damage + " of " + file.getFileName() + ": " + result.err();
        if (verdict == Verdict.FAILED || (verdict == Verdict.OTHER && s.held())) {
          wrong.add(verdict.words() + ": " + what);
        }
        Files.write(file, content);
      }
    }
    tell(subjects, table);
    assertThat(wrong).isEmpty();
    assertThat(total).isEqualTo(DAMAGES);
  }

  private static void tell(List<DamagedKind> subjects, Map<String, Map<Verdict, Integer>> table) {
    StringBuilder text = new StringBuilder("| file | checksum | damaged |");
    for (Verdict v : Verdict.values()) {
      text.append(' ').append(v.words()).append(" |");
    }
    text.append("\n|---|---|---|---|---|---|---|\n");
    for (DamagedKind s : subjects) {
      Map<Verdict, Integer> row = table.get(s.kind());
      int all = row.values().stream().mapToInt(n -> n).sum();
      text.append("| %s | %s | %d |".formatted(s.kind(), s.held() ? "yes" : "no", all));
      for (Verdict v : Verdict.values()) {
        text.append(" %d |".formatted(row.getOrDefault(v, 0)));
      }
      text.append('\n');
    }
    System.out.print(text);
  }

  private static void ok(Object... args) {
    Cli.Result result = Cli.run(args);
    assertThat(result.exit()).as(result.err()).isZero();
  }
}
