package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.DatasetFolder;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.file.Json;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.Piece;

/**
 * A finished clip of a SELD data set, as the journal notes it; a line of {@code draws.jsonl}.
 *
 * @param kind ends the names of its folders, as in {@code dev-train-sim}
 * @param used the sounds in it
 */
record SeldEntry(String id, Split split, String kind, JsonNode drawn, List<Scenario.Source> used)
    implements Piece {

  /**
   * Writes the files of a clip.
   *
   * @param kind as in {@link Starss23Layout#part}
   * @param drawn how it came about: any object that goes through JSON
   * @param samples [4][samples]
   */
  static SeldEntry write(
      Path folder,
      Job<?> job,
      String kind,
      Object drawn,
      List<Scenario.Source> used,
      float[][] samples,
      List<SeldEvent> labels) {
    SeldEntry entry =
        new SeldEntry(job.id(), job.split(), kind, Json.tree(drawn), List.copyOf(used));
    Wav.write(folder.resolve(entry.wav()), new Audio(Foa.SAMPLE_RATE, samples), Encoding.PCM_16);
    SeldCsv.write(folder.resolve(entry.csv()), labels);
    return entry;
  }

  @Override
  public Split part() {
    return split;
  }

  @Override
  public List<String> written() {
    return List.of(wav(), csv());
  }

  @Override
  public Map<String, String> lines() {
    return Map.of(DatasetFolder.DRAWS, Json.tree(this).toString());
  }

  private String wav() {
    return Starss23Layout.audio(Starss23Layout.part(split, kind), id);
  }

  private String csv() {
    return Starss23Layout.labels(Starss23Layout.part(split, kind), id);
  }
}
