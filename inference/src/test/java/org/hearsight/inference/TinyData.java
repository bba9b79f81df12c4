package org.hearsight.inference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.StoredView;

/** Scenes of noise for a {@link TinyModel}: background, siren and horn in turn. */
public final class TinyData {
  public static final Taxonomy TAXONOMY =
      new Taxonomy("tiny", List.of(Taxonomy.BACKGROUND, "siren", "horn"));

  private TinyData() {}

  /** Writes a data set of one split. */
  public static ScenarioStore write(Path data, Split split, int count) {
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = "fold%d_room1_mix%04d".formatted(split.fold(), i + 1);
      String name = TAXONOMY.nameOf(i % 3);
      Scenario.Files files = Scenario.Files.of(id, split, "sim", true, true);
      Location place = i % 3 == 0 ? null : new Location(40.0 * i - 180, 0, 5);
      scenarios.add(new Scenario(id, split, name, place, 0, 0.5, null, i, List.of(), files, null));
    }
    ScenarioStore.Header header =
        new ScenarioStore.Header(
            ScenarioStore.FORMAT_VERSION,
            TAXONOMY,
            JsonNodeFactory.instance.objectNode().put("name", "by hand"),
            7,
            JsonNodeFactory.instance.objectNode());
    ScenarioStore store = ScenarioStore.write(data, header, scenarios);
    for (Scenario s : scenarios) {
      float[][] foa = TinyModel.clip(s.seed(), Foa.SAMPLE_RATE).foa();
      Wav.write(data.resolve(s.files().audio()), new Audio(Foa.SAMPLE_RATE, foa), Encoding.PCM_16);
      StoredView.write(data, s.files(), TinyModel.view(s.seed()));
    }
    return store;
  }
}
