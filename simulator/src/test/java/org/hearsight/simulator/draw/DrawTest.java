package org.hearsight.simulator.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DrawTest {
  @Test
  void aSeedThatFindsNoRoomIsFollowedByOthersAlwaysTheSame() {
    List<Double> tried = new ArrayList<>();
    double found = thirdTry(7, tried);

    assertThat(tried).hasSize(3).doesNotHaveDuplicates();
    assertThat(tried.get(0)).isEqualTo(new SplittableRandom(7).nextDouble());
    assertThat(found).isEqualTo(tried.get(2));
    assertThat(thirdTry(7, new ArrayList<>())).isEqualTo(found);
    assertThat(thirdTry(8, new ArrayList<>())).isNotEqualTo(found);
  }

  @Test
  void whatNoDiceFindIsSaid() {
    assertThatThrownBy(
            () ->
                Draw.from(
                    7,
                    draw -> {
                      throw new NoRoomException("no place for a siren in 100 tries");
                    }))
        .isInstanceOf(NoRoomException.class)
        .hasMessage("no place for a siren in 100 tries");
  }

  private static double thirdTry(long seed, List<Double> tried) {
    return Draw.from(
        seed,
        draw -> {
          tried.add(draw.random().nextDouble());
          if (tried.size() < 3) {
            throw new NoRoomException("none yet");
          }
          return tried.get(tried.size() - 1);
        });
  }
}
