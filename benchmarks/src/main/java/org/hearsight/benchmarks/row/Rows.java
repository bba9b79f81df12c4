package org.hearsight.benchmarks.row;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.progress.Progress;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.EncoderImport;

/**
 * All rows there are, in the table's order, and what several of them share, made when it is first
 * needed.
 */
public final class Rows implements AutoCloseable {
  private final Path home;
  private final Path seld;
  private final Path data;
  private final Path model;
  private final int threads;
  private final Progress progress;
  private ScratchFolder scratch;
  private Path resnet50;
  private Sample sample;

  /**
   * @param home of the checkout
   * @param seld folder of the SELD encoder that is timed
   * @param data folder of a data set, or null: no two-stage rows
   * @param model folder of a bundle, or null
   */
  public Rows(Path home, Path seld, Path data, Path model, int threads, Progress progress) {
    this.home = home;
    this.seld = seld;
    this.data = data;
    this.model = model;
    this.threads = threads;
    this.progress = progress;
  }

  /** The rows, of which those of whole trainings need data. */
  public List<Row> all() {
    List<Row> rows = new ArrayList<>();
    rows.add(new SeldInferenceRow(threads));
    rows.add(new LibtorchInferenceRow(threads));
    rows.add(new SeldStepRow(threads));
    rows.add(new PicturesRow(threads));
    rows.add(new SoundFeaturesRow(threads));
    if (threads > 1) {
      rows.add(new SoundFeaturesRow(1));
    }
    if (data != null) {
      for (boolean likeForLike : new boolean[] {true, false}) {
        rows.add(twoStages(likeForLike));
      }
    }
    rows.add(
        new ColdImagineRow(List.of(home.resolve("hearsight").toString()), this::sample, threads));
    rows.add(new WarmImagineRow(this::sample, threads));
    rows.add(new ListenHopRow(this::sample, threads));
    return rows;
  }

  private Row twoStages(boolean likeForLike) {
    return new TwoStagesRow(likeForLike, data, seld, this::resnet50, threads, progress);
  }

  private Sample sample() {
    if (sample == null) {
      sample = Sample.make(model, seld, resnet50(), folder(), threads, progress);
    }
    return sample;
  }

  /** Drawn: how fast it is does not depend on its weights. */
  private Path resnet50() {
    if (resnet50 == null) {
      TorchEngine engine = TorchEngine.start(threads);
      resnet50 = EncoderImport.untrainedResnet50(engine, 1, folder().resolve("resnet50")).folder();
    }
    return resnet50;
  }

  private Path folder() {
    if (scratch == null) {
      scratch = ScratchFolder.create();
    }
    return scratch.path();
  }

  @Override
  public void close() {
    if (scratch != null) {
      scratch.close();
    }
  }
}
