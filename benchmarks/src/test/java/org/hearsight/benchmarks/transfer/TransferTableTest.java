package org.hearsight.benchmarks.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.metrics.Answer;
import org.hearsight.core.metrics.ImaginationScores;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.learning.ablate.AblationRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTableTest {
  private static final Taxonomy TAXONOMY = Taxonomy.hazards();

  @TempDir private Path folder;

  @Test
  void runsAreAveragedOverSeedsAndPretrainedFewIsHeldAgainstScratchMany() throws IOException {
    // Of two hidden sirens the first is right and 10° off, the second is called horn and 30° off.
    List<Answer> both = List.of(answer("siren", 10), answer("horn", 30));
    write("shipped-500-seed1", both);
    write("shipped-500-seed2", both.subList(0, 1));
    write("scratch-1000-seed1", both.subList(1, 2));
    write("notes", both);

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

  @Test
  void aRunOfAnotherSeedThanItsNameSaysIsRefused() throws IOException {
    write("shipped-500-seed1", List.of(answer("siren", 10)));
    Files.move(folder.resolve("shipped-500-seed1.json"), folder.resolve("shipped-500-seed2.json"));
    assertThatThrownBy(() -> TransferTable.of(folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row whole, seed 1: is not what its name says");
  }

  private void write(String name, List<Answer> answers) throws IOException {
    ImaginationScores scores = ImaginationScores.of(answers, TAXONOMY, 1);
    new ObjectMapper()
        .writeValue(
            folder.resolve(name + ".json").toFile(),
            new AblationRun(
                "whole",
                Long.parseLong(name.replaceAll(".*seed|notes", "0")),
                15,
                9,
                60,
                Map.of("imagination", scores)));
  }

  /** To a siren straight ahead that nothing of is seen. */
  private static Answer answer(String name, double azimuth) {
    float[] p = new float[TAXONOMY.size()];
    p[TAXONOMY.indexOf(name, "test")] = 1;
    Scenario.Files files = new Scenario.Files("a.wav", "a.csv", null, null, null);
    Scenario truth =
        new Scenario(
            "siren",
            Split.TEST,
            "siren",
            new Location(0, 0, 10),
            0.0,
            0.95,
            null,
            1,
            List.of(),
            files,
            null);
    return new Answer(truth, p, new Location(azimuth, 0, 10), 0.9, new double[] {0.9, 0.1});
  }
}
