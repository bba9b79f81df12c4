package org.hearsight.core.seld;

import com.fasterxml.jackson.core.type.TypeReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;

/**
 * What a system's classes are called in a data set: by the same name, or by another that a map
 * gives; classes with neither are unknown to the data set.
 *
 * @param indices for each of the system's classes its index in the data set, or −1
 */
public record ClassNames(List<Integer> indices) {
  private static final TypeReference<Map<String, String>> NAMES = new TypeReference<>() {};

  public ClassNames {
    indices = List.copyOf(indices);
  }

  /**
   * Pairs names up.
   *
   * @param system its classes
   * @param dataset the data set's
   * @param map from the system's names to the data set's, for those the data set does not have
   */
  public static ClassNames of(List<String> system, List<String> dataset, Map<String, String> map) {
    return new ClassNames(
        system.stream()
            .map(n -> dataset.indexOf(dataset.contains(n) ? n : map.getOrDefault(n, n)))
            .toList());
  }

  /** STARSS23's names for what simulated SELD clips hold. */
  public static Map<String, String> starss23() {
    return Json.resource(ClassNames.class, "starss23_to_sounds.json", NAMES);
  }

  /**
   * Reads a map, a JSON object of names.
   *
   * @param dataset the data set's names
   * @throws InputException if it is not one, or leads to a class that the data set does not have
   */
  public static Map<String, String> read(Path file, List<String> dataset) {
    String remedy = "write {\"male_speech\": \"voice\", …}";
    Map<String, String> names = Json.read(file, NAMES, remedy);
    if (names.containsValue(null)) {
      throw new InputException(file, "holds null, expected names", remedy);
    }
    names.forEach((own, theirs) -> requireKnown(file, own, theirs, dataset));
    return names;
  }

  private static void requireKnown(Path file, String own, String theirs, List<String> dataset) {
    if (!dataset.contains(theirs)) {
      throw new InputException(
          file, own + ": '" + theirs + "' is not a class of the data set", "choose of " + dataset);
    }
  }

  /**
   * Refuses a map of classes that nobody has.
   *
   * @param systems all classes of the systems that it is for
   */
  public static void requireUsed(Path file, Map<String, String> map, Collection<String> systems) {
    for (String own : map.keySet()) {
      if (!systems.contains(own)) {
        throw new InputException(
            file, own + ": is not a class of the network", "choose of " + List.copyOf(systems));
      }
    }
  }

  /**
   * Refuses a system that can name nothing.
   *
   * @param source what to call it
   * @param system its classes
   * @param dataset the data set's
   * @return the system's classes that are left out
   * @throws InputException if the two share no class
   */
  public List<String> requireSome(String source, List<String> system, List<String> dataset) {
    if (known().isEmpty()) {
      throw new InputException(
          source,
          "classes: none of " + system + " is one of the data set's " + dataset,
          "give --class-map with a name for each");
    }
    return IntStream.range(0, system.size()).filter(c -> of(c) < 0).mapToObj(system::get).toList();
  }

  /** The data set's index of one of the system's classes; −1 if it has none. */
  public int of(int systemClass) {
    return indices.get(systemClass);
  }

  /**
   * What a system heard, under the data set's names; classes without one are left out. Several of
   * its classes may have one name there: what they hear in one frame less than {@value
   * AccddoaDecoder#UNIFY_ANGLE}° apart is one source, in the middle. Sources are numbered anew.
   *
   * @param heard in any order
   * @param firstIndex of the data set's classes in its files
   * @return by frame, then class
   */
  public List<SeldEvent> rename(List<SeldEvent> heard, int firstIndex) {
    Map<Integer, Map<Integer, List<Source>>> frames = new TreeMap<>();
    for (SeldEvent e : heard) {
      if (of(e.classIndex()) < 0) {
        continue;
      }
      List<Source> sources =
          frames
              .computeIfAbsent(e.frame(), f -> new TreeMap<>())
              .computeIfAbsent(of(e.classIndex()), c -> new ArrayList<>());
      Source same = sources.stream().filter(s -> s.isAlso(e)).findFirst().orElse(null);
      if (same == null) {
        sources.add(new Source(new ArrayList<>(List.of(e))));
      } else {
        same.heardAs().add(e);
      }
    }
    List<SeldEvent> named = new ArrayList<>();
    frames.forEach(
        (frame, classes) ->
            classes.forEach(
                (c, sources) -> {
                  for (int i = 0; i < sources.size(); i++) {
                    named.add(sources.get(i).event(frame, c + firstIndex, i));
                  }
                }));
    return named;
  }

  /** One source and the system's classes that it was heard as, each once. */
  private record Source(List<SeldEvent> heardAs) {
    boolean isAlso(SeldEvent e) {
      return heardAs.stream().noneMatch(h -> h.classIndex() == e.classIndex())
          && direction().angleTo(e.direction()) < AccddoaDecoder.UNIFY_ANGLE;
    }

    Direction direction() {
      if (heardAs.size() == 1) {
        return heardAs.get(0).direction();
      }
      Vec3 sum = Vec3.ZERO;
      for (SeldEvent e : heardAs) {
        sum = sum.plus(e.direction().unit());
      }
      return Direction.of(sum);
    }

    SeldEvent event(int frame, int c, int number) {
      Direction d = direction();
      double distance = heardAs.stream().mapToDouble(SeldEvent::distance).average().orElseThrow();
      return new SeldEvent(frame, c, number, d.azimuth(), d.elevation(), distance);
    }
  }

  /**
   * The class of the data set that sounds most; −1 if it has none.
   *
   * @param activity of each of the system's classes; those of one name are added up
   */
  public int loudest(double[] activity) {
    Map<Integer, Double> sums = new TreeMap<>();
    for (int c = 0; c < activity.length; c++) {
      // Each class without a name stands for itself.
      sums.merge(of(c) < 0 ? -1 - c : of(c), activity[c], Double::sum);
    }
    int best = Collections.max(sums.entrySet(), Map.Entry.comparingByValue()).getKey();
    return Math.max(-1, best);
  }

  /** The classes of the data set that the system can name. */
  public Set<Integer> known() {
    Set<Integer> known = new HashSet<>(indices);
    known.remove(-1);
    return known;
  }
}
