package org.hearsight.benchmarks.row;

import java.util.function.Supplier;
import org.hearsight.benchmarks.measure.Goal;
import org.hearsight.benchmarks.measure.Row;
import org.hearsight.benchmarks.measure.Work;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;

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
    Clip clip = Clip.read(s.store().resolve(s.scenario().files().audio()));
    View view = StoredView.read(s.store(), s.scenario());
    Hearsight hearsight = Hearsight.load(s.model(), threads);
    return new Work() {
      @Override
      public void once() {
        hearsight.imagine(clip, view);
      }

      @Override
      public void close() {
        hearsight.close();
      }
    };
  }
}
