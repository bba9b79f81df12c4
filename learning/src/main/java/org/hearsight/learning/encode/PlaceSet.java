package org.hearsight.learning.encode;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.place.PlaceFeatures;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.vision.StoredView;

/**
 * The {@link PlaceFeatures} of every scenario that training needs, in one {@link RecordFile} of
 * little-endian floats. They depend on the data alone, so all encoders and runs share them; seen in
 * a mirror they follow from these.
 */
public final class PlaceSet extends RecordSet {
  private static final int HEARD = PlaceFeatures.HEARD * PlaceGrid.AZIMUTHS;
  private static final int SEEN = PlaceFeatures.SEEN * PlaceGrid.AZIMUTHS;
  private static final int FLOATS = HEARD + SEEN + PlaceFeatures.KNOWN;

  private PlaceSet(RecordFile records) {
    super(records);
  }

  /**
   * Opens the file, keeping the records of an earlier run if their fingerprint is the same.
   *
   * @param fingerprint of all that the numbers depend on
   * @throws InputException if it cannot be written, or another run uses it
   */
  public static PlaceSet open(Path file, String fingerprint) {
    return new PlaceSet(
        RecordFile.open(file, "places " + FLOATS + " " + fingerprint, FLOATS * Float.BYTES));
  }

  /** What a set of a data set's features is called by. */
  public static String fingerprint(ScenarioStore store, int threads, Progress progress) {
    return fingerprint(
        Fingerprint.Scenes.of(store, EncodedScenes.order(store), true, threads, progress));
  }

  /** What a set of scenes' features is called by. */
  public static String fingerprint(Fingerprint.Scenes scenes) {
    return new Fingerprint("place features", PlaceFeatures.VERSION).and(scenes).hex();
  }

  /**
   * Computes the scenarios of {@link EncodedScenes#order}; goes on where an earlier run stopped.
   *
   * @throws InputException if a clip is too short
   */
  public void fill(ScenarioStore store, int threads, Progress progress) {
    fill(store, EncodedScenes.order(store), threads, progress);
  }

  /** The same of other scenes of a data set. */
  public void fill(ScenarioStore store, List<Scenario> order, int threads, Progress progress) {
    if (records.dropped() > 0) {
      progress.note("place features were damaged: the last " + records.dropped() + " again");
    }
    List<Callable<PlaceFeatures>> tasks = new ArrayList<>();
    order
        .subList(Math.min(records.size(), order.size()), order.size())
        .forEach(s -> tasks.add(() -> features(store, s)));
    if (!tasks.isEmpty()) {
      try (OrderedTasks ordered = new OrderedTasks(threads);
          Progress.Task task = progress.begin("places", tasks.size())) {
        ordered.run(
            tasks,
            one -> {
              append(one);
              task.advance(1);
            });
      }
    }
    finish();
  }

  /**
   * Computes the features of a scenario.
   *
   * @throws InputException if a file cannot be read, or the clip is too short
   */
  public static PlaceFeatures features(ScenarioStore store, Scenario s) {
    Path file = store.file(s.files().audio());
    float[][] foa = Foa.read(file).channels();
    if (foa[Foa.W].length < PlaceFeatures.LEAST_SAMPLES) {
      throw new InputException(
          file,
          "duration: shorter than a second, which a map of places needs",
          "make longer clips, or train with --location spherical");
    }
    return PlaceFeatures.of(foa, StoredView.read(store, s));
  }

  /** Appends the next scenario. */
  public void append(PlaceFeatures f) {
    ByteBuffer record = records.blank();
    FloatBuffer floats = record.asFloatBuffer();
    floats.put(f.heard()).put(f.seen()).put(f.known());
    record.position(record.position() + FLOATS * Float.BYTES);
    records.append(record);
  }

  /**
   * Those of a scenario.
   *
   * @throws IndexOutOfBoundsException if there is no such scenario
   */
  public PlaceFeatures get(int index) {
    FloatBuffer floats = records.read(index).asFloatBuffer();
    float[] heard = new float[HEARD];
    float[] seen = new float[SEEN];
    float[] known = new float[PlaceFeatures.KNOWN];
    floats.get(heard).get(seen).get(known);
    return new PlaceFeatures(heard, seen, known);
  }
}
