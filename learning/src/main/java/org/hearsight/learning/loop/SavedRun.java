package org.hearsight.learning.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.hearsight.core.checkpoint.Safetensors;
import org.hearsight.core.error.InputException;
import org.hearsight.core.error.JsonProblem;
import org.hearsight.core.file.Json;
import org.hearsight.core.tensor.Tensor;

/**
 * All that a training needs to go on after the epoch it stands at, in one safetensors file that is
 * written whole after every epoch and carries a checksum of all of it.
 *
 * <p>Weights are kept by the name of their network, and called {@code KIND.NETWORK/TENSOR} in the
 * file. Those of the average and of the best epoch are left out where they are the ones before.
 *
 * @param place where it is kept
 * @param config the options it was begun with, {@link Settings#document}
 * @param fingerprint of the data it trains on
 * @param history of all epochs so far; empty before the first
 * @param bestEpoch from 1; 0 before the first
 * @param optimizer Adam's steps and moments
 * @param now the weights training goes on from
 * @param average over the epochs of the stage; the weights themselves where none is kept
 * @param best of the best epoch's average
 */
public record SavedRun<E extends EpochRow>(
    RunFolder place,
    ObjectNode config,
    String fingerprint,
    List<E> history,
    int bestEpoch,
    Map<String, Tensor> optimizer,
    Map<String, Map<String, Tensor>> now,
    Map<String, Map<String, Tensor>> average,
    Map<String, Map<String, Tensor>> best) {
  private static final String RUN = "run";
  private static final String VERSION = "version";
  private static final String CHECKSUM = "crc32c";
  private static final String OPTIMIZER = "optimizer";

  /**
   * Raised when a run begun before would go on to another result than begun now, or its state is
   * kept otherwise. 2: dropout masks are drawn from all 64 bits of the seed. 3: one state for every
   * training, its options nested.
   */
  private static final String CURRENT = "3";

  private static final String ANEW =
      "delete it and give the command without --resume to train anew";

  public SavedRun {
    history = List.copyOf(history);
  }

  /**
   * The run to go on with, or one that has not begun.
   *
   * @param config the options now
   * @param epoch the type of the history's records
   * @throws InputException if there is one and {@code resume} is false, it was begun with other
   *     options, on other data or by another version, or the file is damaged
   */
  public static <E extends EpochRow> SavedRun<E> begun(
      RunFolder place, boolean resume, Object config, String fingerprint, Class<E> epoch) {
    Path file = place.state();
    ObjectNode options = Settings.document(config);
    if (!Files.exists(file)) {
      Map<String, Map<String, Tensor>> none = Map.of();
      return new SavedRun<>(place, options, fingerprint, List.of(), 0, Map.of(), none, none, none);
    }
    if (!resume) {
      throw new InputException(
          file, "holds a run already", "give --resume to go on, or another folder");
    }
    Safetensors saved = Safetensors.read(file, ANEW);
    String text = saved.metadata().getOrDefault(RUN, "");
    requireWhole(file, saved, text);
    try {
      JsonNode run = Json.MAPPER.readTree(text);
      List<E> history = new ArrayList<>();
      for (JsonNode row : run.path("history")) {
        history.add(Json.MAPPER.treeToValue(row, epoch));
      }
      requireSame(file, "config", differences(run.path("config"), options));
      String began = run.path("fingerprint").asText();
      requireSame(file, "fingerprint", began.equals(fingerprint) ? "" : began);
      Map<String, Map<String, Tensor>> groups = groups(saved.tensors());
      Map<String, Map<String, Tensor>> now = networks("now", groups);
      Map<String, Map<String, Tensor>> average = networks("average", groups);
      average = average.isEmpty() ? now : average;
      Map<String, Map<String, Tensor>> best = networks("best", groups);
      best = best.isEmpty() ? average : best;
      return new SavedRun<>(
          place,
          options,
          fingerprint,
          history,
          run.path("best_epoch").asInt(),
          groups.getOrDefault(OPTIMIZER, Map.of()),
          now,
          average,
          best);
    } catch (JsonProcessingException e) {
      throw new InputException(file, "metadata 'run': " + JsonProblem.text(e), ANEW, e);
    }
  }

  private static void requireWhole(Path file, Safetensors saved, String text) {
    String version = saved.metadata().getOrDefault(VERSION, "1");
    if (!version.equals(CURRENT)) {
      throw new InputException(
          file,
          "version: %s, expected %s: it was begun by another version of Hearsight"
              .formatted(version, CURRENT),
          ANEW);
    }
    if (!checksum(text, saved.tensors()).equals(saved.metadata().get(CHECKSUM))) {
      throw new InputException(file, CHECKSUM + ": does not fit the content: damaged", ANEW);
    }
  }

  /** Which fields were otherwise; empty if none. */
  static String differences(JsonNode began, JsonNode now) {
    Map<String, JsonNode> before = Settings.fields(began);
    Map<String, JsonNode> after = Settings.fields(now);
    List<String> differing = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      String was = String.valueOf(before.get(name));
      String is = String.valueOf(after.get(name));
      // A list of an earlier version, which did not know of it, is empty.
      boolean missing = !before.containsKey(name) && after.get(name).isArray();
      if (!was.equals(is) && !(missing && after.get(name).isEmpty())) {
        differing.add(name + " was " + was + ", is " + is);
      }
    }
    return String.join("; ", differing);
  }

  private static void requireSame(Path file, String what, String difference) {
    if (!difference.isEmpty()) {
      throw new InputException(
          file,
          what + ": the run was started with other options or data (" + difference + ")",
          "give the same, or train into another folder");
    }
  }

  private static Map<String, Map<String, Tensor>> groups(Map<String, Tensor> tensors) {
    Map<String, Map<String, Tensor>> groups = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          int slash = Math.max(0, name.indexOf('/'));
          groups
              .computeIfAbsent(name.substring(0, slash), g -> new LinkedHashMap<>())
              .put(name.substring(slash + 1), tensor);
        });
    return groups;
  }

  private static Map<String, Map<String, Tensor>> networks(
      String kind, Map<String, Map<String, Tensor>> groups) {
    Map<String, Map<String, Tensor>> networks = new LinkedHashMap<>();
    groups.forEach(
        (group, tensors) -> {
          if (group.startsWith(kind + ".")) {
            networks.put(group.substring(kind.length() + 1), tensors);
          }
        });
    return networks;
  }

  /** Writes the state. */
  void write() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    put(all, "now", now);
    optimizer.forEach((name, t) -> all.put(OPTIMIZER + "/" + name, t));
    if (average != now) {
      put(all, "average", average);
    }
    if (best != average) {
      put(all, "best", best);
    }
    ObjectNode run = Json.object();
    run.set("config", config);
    run.put("fingerprint", fingerprint);
    run.set("history", Json.MAPPER.valueToTree(history));
    run.put("best_epoch", bestEpoch);
    String text = run.toString();
    Safetensors.write(
        place.state(), all, Map.of(RUN, text, VERSION, CURRENT, CHECKSUM, checksum(text, all)));
  }

  private static void put(
      Map<String, Tensor> all, String kind, Map<String, Map<String, Tensor>> networks) {
    networks.forEach(
        (network, tensors) ->
            tensors.forEach((name, t) -> all.put(kind + "." + network + "/" + name, t)));
  }

  /** CRC-32C, many times faster than a secure hash, of the text, the names and the values. */
  private static String checksum(String text, Map<String, Tensor> tensors) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    new TreeMap<>(tensors)
        .forEach(
            (name, t) -> {
              String kind = name + " " + t.dtype() + " " + Arrays.toString(t.shape());
              crc.update(kind.getBytes(StandardCharsets.UTF_8));
              crc.update(t.bytes());
            });
    return Long.toHexString(crc.getValue());
  }
}
