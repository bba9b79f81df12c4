package org.hearsight.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  @Test
  void aRowThatFailsCostsTheOthersNothing() {
    CountedRow good = new CountedRow(Goal.NONE, Row.Pace.ONCE);
    Row bad =
        new Row() {
          @Override
          public String name() {
            return "bad";
          }

          @Override
          public String what() {
            return "work that cannot begin";
          }

          @Override
          public String how() {
            return "Not at all.";
          }

          @Override
          public Goal goal() {
            return Goal.NONE;
          }

          @Override
          public Pace pace() {
            return Pace.ONCE;
          }

          @Override
          public Work open() {
            throw new InputException("bad", "cannot begin", "mend it");
          }
        };

    Measurement.Results results = new Measurement(null, 1).all(List.of(bad, good), Progress.SILENT);

    assertThat(results.failed()).containsExactly("bad");
    assertThat(results.outcomes()).extracting(o -> o.row().name()).containsExactly("counted");
  }
}
