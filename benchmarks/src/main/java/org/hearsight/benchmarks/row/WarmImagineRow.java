package org.hearsight.benchmarks.row;

import java.util.List;
import java.util.function.Supplier;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.pipeline.Imaginer;

/**
 * An answer from a model that is loaded.
 *
 * @param sample asked for when the row begins
 */
public record WarmImagineRow(Supplier<Sample> sample, int threads) implements Row {
  @Override
  public String name() {
    return "imagine-warm";
  }

  @Override
  public String what() {
    return "imagine one clip, warm";
  }

  @Override
  public String how() {
    return "5 s of sound and a view, both in memory, to the answer: features, both encoders,"
        + " adapter and head.";
  }

  @Override
  public Goal goal() {
    return Goal.under(60);
  }

  @Override
  public Pace pace() {
    return new Pace(20, 9, Integer.MAX_VALUE);
  }

  @Override
  public Work open() {
    Sample s = sample.get();
    float[][] foa = Foa.read(s.store().resolve(s.scenario().files().audio())).channels();
    View view = StoredView.read(s.store(), s.scenario());
    Imaginer imaginer = Imaginer.open(s.model(), threads);
    return new Work() {
      @Override
      public void once() {
        imaginer.imagine(foa, view, List.of());
      }

      @Override
      public void close() {
        imaginer.close();
      }
    };
  }
}
