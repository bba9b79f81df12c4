package org.hearsight.core.provenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.file.Sha256;

/**
 * What must be the same for a result to come out again.
 *
 * @param command as it was given, without the program's name
 * @param version of Hearsight
 * @param commit of the checkout it ran from, with {@code -dirty} where files were changed; null
 *     where it is none
 * @param models what was judged, the first one first
 * @param data what it was judged on
 * @param machine what it ran on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"command", "version", "commit", "models", "data", "machine"})
public record Provenance(
    String command, String version, String commit, List<Model> models, Data data, Machine machine) {

  public Provenance {
    models = List.copyOf(models);
  }

  /**
   * A model.
   *
   * @param name as it was given
   * @param sha256 of its card and of all that the card vouches for
   */
  @JsonPropertyOrder({"name", "sha256"})
  public record Model(String name, String sha256) {}

  /**
   * A split of a data set.
   *
   * @param name of its folder
   * @param split its label
   * @param scenarios in the split
   * @param seed the set was made with
   * @param sha256 of the list of its scenarios; the set itself holds the checksums of the files
   */
  @JsonPropertyOrder({"name", "split", "scenarios", "seed", "sha256"})
  public record Data(String name, String split, int scenarios, long seed, String sha256) {
    /** Of a data set that is open. */
    public static Data of(ScenarioStore store, Split split) {
      return new Data(
          store.folder().toAbsolutePath().normalize().getFileName().toString(),
          split.label(),
          store.scenarios(split).size(),
          store.header().seed(),
          Sha256.of(store.resolve(ScenarioStore.SCENARIOS)));
    }
  }
}
