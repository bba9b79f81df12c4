package org.hearsight.core.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTableTest {
  @TempDir private Path folder;

  @Test
  void runsAreAveragedOverSeedsAndPretrainedFewIsHeldAgainstScratchMany() throws IOException {
    List<Answer> six = Answers.six();
    // Of the two hidden sirens the first is right (10°), the second called horn (30°).
    write("shipped-500-seed1", six);
    write("shipped-500-seed2", six.subList(0, 1));
    write("scratch-1000-seed1", six.subList(1, 2));
    write("notes", six);

    assertThat(TransferTable.of(folder))
        .isEqualTo(
            """
            Hidden hazards, macro-F1, by training scenarios:

            | encoder | seeds | 500 | 1000 |
            |---|---|---|---|
            | scratch | 1 | – | 0.000 |
            | shipped | 2 | 0.833 ± 0.236 | – |

            Hidden hazards, median angular error in degrees, by training scenarios:

            | encoder | seeds | 500 | 1000 |
            |---|---|---|---|
            | scratch | 1 | – | 30.0 |
            | shipped | 2 | 15.0 ± 7.1 | – |

            Pretrained at 500 beside scratch at 1000: macro-F1 +0.833, median angular error -15.0°.
            """);
  }

  private void write(String name, List<Answer> answers) throws IOException {
    ImaginationScores scores = ImaginationScores.of(answers, Answers.TAXONOMY, 1);
    new ObjectMapper()
        .writeValue(folder.resolve(name + ".json").toFile(), Map.of("imagination", scores));
  }
}
