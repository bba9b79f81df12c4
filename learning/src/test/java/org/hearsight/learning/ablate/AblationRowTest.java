package org.hearsight.learning.ablate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.core.imagination.ModelInput;
import org.hearsight.learning.train.TrainConfig;
import org.junit.jupiter.api.Test;

class AblationRowTest {
  private static final TrainConfig WHOLE = Ablation.defaults();

  @Test
  void everyRowIsAnotherModelThanTheWhole() {
    assertThat(AblationRow.WHOLE.config(WHOLE)).isEqualTo(WHOLE);
    Set<TrainConfig> all = new HashSet<>();
    for (AblationRow row : AblationRow.values()) {
      TrainConfig config = row.config(WHOLE);
      assertThat(all.add(config)).as(row.toString()).isTrue();
      assertThat(config.stage1()).isEqualTo(WHOLE.stage1());
      assertThat(config.optimizer()).isEqualTo(WHOLE.optimizer());
      assertThat(config.seed()).isEqualTo(WHOLE.seed());
      assertThat(AblationRow.of(row.toString())).isEqualTo(row);
    }
  }

  /** All inputs that can be withheld have a row. */
  @Test
  void everyInputIsLeftOutOnce() {
    List<ModelInput> left =
        List.of(AblationRow.values()).stream()
            .flatMap(row -> row.config(WHOLE).model().withheld().stream())
            .toList();
    assertThat(left).containsExactlyInAnyOrder(ModelInput.values());
  }

  /** A row of a model that lacks something does not get it back. */
  @Test
  void whatTheWholeModelIsNotGivenNoRowIs() {
    TrainConfig deaf = WHOLE.with("model.withheld", List.of("echoes"));
    for (AblationRow row : AblationRow.values()) {
      assertThat(row.config(deaf).model().withheld())
          .as(row.toString())
          .contains(ModelInput.ECHOES);
    }
    assertThat(AblationRow.NO_DEPTH.config(deaf).model().withheld())
        .containsExactlyInAnyOrder(ModelInput.ECHOES, ModelInput.DEPTH);
    assertThat(AblationRow.NO_ECHOES.config(deaf)).isEqualTo(deaf);
  }

  @Test
  void anUnknownRowListsTheOthers() {
    assertThatThrownBy(() -> AblationRow.of("no-ears"))
        .hasMessageStartingWith("'no-ears' is none of whole, sound-only, ");
  }
}
