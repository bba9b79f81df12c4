package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ablate}, before anything is read. */
class AblateUsageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seeds 1,1",
        "--rows no-ears",
        "--set seed=5",
        "--set encoder.from_scratch=true --seld seld",
        "--split validation"
      })
  void wrongUsageIsSaid(String words) {
    Cli.Result r = Cli.run((Object[]) ("ablate --data data --to to " + words).split(" "));
    assertThat(r.exit()).as(r.err()).isEqualTo(2);
    assertThat(r.errLines()).singleElement().asString().endsWith("see hearsight ablate --help");
  }
}
