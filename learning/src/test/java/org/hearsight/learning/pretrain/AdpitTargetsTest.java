package org.hearsight.learning.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hearsight.core.audio.ChannelSwap;
import org.hearsight.core.seld.DistanceForm;
import org.hearsight.core.seld.SeldEvent;
import org.junit.jupiter.api.Test;

class AdpitTargetsTest {
  private static final int CLASSES = 2;
  private final AdpitTargets targets = new AdpitTargets(CLASSES, DistanceForm.METRES);

  private static float at(float[] tracks, int frame, int track, int axis, int c) {
    return tracks[((frame * 6 + track) * 4 + axis) * CLASSES + c];
  }

  @Test
  void oneEventIsA0TwoAreBThreeAreC() {
    List<SeldEvent> events =
        List.of(
            new SeldEvent(0, 1, 0, 90, 0, 3),
            new SeldEvent(1, 0, 4, 0, 0, 1),
            new SeldEvent(1, 0, 2, 180, 0, 2),
            new SeldEvent(2, 0, 0, 0, 90, 5),
            new SeldEvent(2, 0, 1, 0, -90, 6),
            new SeldEvent(2, 0, 2, -90, 0, 7));

    float[] tracks = targets.tracks(events, 3, ChannelSwap.IDENTITY);

    assertThat(at(tracks, 0, 0, 1, 1)).isCloseTo(1, within(1e-6f));
    assertThat(at(tracks, 0, 0, 3, 1)).isEqualTo(3);
    // By source: the one at 180° comes first.
    assertThat(at(tracks, 1, 1, 0, 0)).isCloseTo(-1, within(1e-6f));
    assertThat(at(tracks, 1, 1, 3, 0)).isEqualTo(2);
    assertThat(at(tracks, 1, 2, 0, 0)).isCloseTo(1, within(1e-6f));
    assertThat(at(tracks, 2, 3, 2, 0)).isCloseTo(1, within(1e-6f));
    assertThat(at(tracks, 2, 4, 2, 0)).isCloseTo(-1, within(1e-6f));
    assertThat(at(tracks, 2, 5, 1, 0)).isCloseTo(-1, within(1e-6f));
    double used = 0;
    for (float v : tracks) {
      used += Math.abs(v) > 1e-6 ? 1 : 0;
    }
    assertThat(used).as("one axis and the distance of six events").isEqualTo(12);
  }

  @Test
  void aSwapTurnsTheTargetsAndLeavesTheDistance() {
    ChannelSwap quarter = new ChannelSwap(true, true, false, false);
    float[] tracks = targets.tracks(List.of(new SeldEvent(0, 0, 0, 0, 0, 4)), 1, quarter);
    assertThat(at(tracks, 0, 0, 0, 0)).isCloseTo(0, within(1e-6f));
    assertThat(at(tracks, 0, 0, 1, 0)).isCloseTo(1, within(1e-6f));
    assertThat(at(tracks, 0, 0, 3, 0)).isEqualTo(4);
  }

  @Test
  void anUnknownDistanceIsZero() {
    float[] tracks =
        targets.tracks(List.of(new SeldEvent(0, 0, 0, 0, 0, Double.NaN)), 1, ChannelSwap.IDENTITY);
    assertThat(at(tracks, 0, 0, 3, 0)).isZero();
  }

  @Test
  void whatSoundsIsSaidOnceHoweverManyDo() {
    float[] active =
        targets.active(
            List.of(
                new SeldEvent(1, 0, 0, 10, 0, 4),
                new SeldEvent(1, 0, 1, 90, 0, 4),
                new SeldEvent(2, 1, 0, 0, 0, 4)),
            3);
    float[] wanted = new float[3 * targets.classes()];
    wanted[targets.classes()] = 1;
    wanted[2 * targets.classes() + 1] = 1;
    assertThat(active).isEqualTo(wanted);
  }
}
