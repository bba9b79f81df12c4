package org.hearsight.core.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SetApartTest {
  /** An item of a room. */
  private record Clip(int room, int number) {}

  @Test
  void theSmallerRoomIsSetApart() {
    for (int[] rooms : new int[][] {{5, 95}, {95, 5}}) {
      SetApart<Clip> apart = tenth(rooms);
      assertThat(apart.whole()).isTrue();
      assertThat(apart.items()).hasSize(5);
    }
  }

  @Test
  void ofAllChoicesTheClosestIsTaken() {
    assertThat(tenth(60, 3, 30, 4, 3).items()).hasSize(10);
    assertThat(tenth(40, 12, 40, 8).items()).hasSize(8); // as near as 12
    assertThat(tenth(10, 10, 10, 10, 10, 10, 10, 10, 10, 10).items())
        .hasSize(10)
        .allMatch(c -> c.room() == 0);
  }

  @Test
  void roomsTooLargeAreDivided() {
    for (int[] rooms : new int[][] {{100}, {50, 50}, {5, 5, 5, 5}, {2}, {1, 1}}) {
      SetApart<Clip> apart = tenth(rooms);
      int all = 0;
      for (int r : rooms) {
        all += r;
      }
      assertThat(apart.items()).hasSize(Math.max(1, all / 10));
      // The first clips of the first room, in the order given.
      assertThat(apart.items()).allMatch(c -> c.room() == 0);
      assertThat(apart.items()).extracting(Clip::number).contains(0);
      assertThat(apart.whole()).isEqualTo(rooms.length == 2 && rooms[0] == 1);
    }
    assertThat(tenth(1).items()).isEmpty();
  }

  /** Between a twentieth and three twentieths, whatever the rooms. */
  @Test
  void aTenthIsAboutATenth() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      int[] rooms = random.ints(random.nextInt(1, 9), 1, 60).toArray();
      int all = 0;
      for (int r : rooms) {
        all += r;
      }
      if (all < 10) {
        continue;
      }
      SetApart<Clip> apart = tenth(rooms);
      assertThat(apart.items().size() / (double) all).isBetween(0.05, 0.15);
      assertThat(tenth(rooms)).isEqualTo(apart);
      for (Clip c : apart.whole() ? apart.items() : List.<Clip>of()) {
        long own = apart.items().stream().filter(o -> o.room() == c.room()).count();
        assertThat(own).isEqualTo(rooms[c.room()]);
      }
    }
  }

  @Test
  void whatCountsNothingStaysWhereItsGroupIs() {
    List<List<Clip>> groups =
        List.of(
            List.of(new Clip(0, 0), new Clip(0, 1)),
            List.of(new Clip(1, 0)),
            List.of(new Clip(2, 0), new Clip(2, 1)));
    // Of room 1 and of all clips with number 1 nothing counts.
    SetApart<Clip> apart =
        SetApart.of(groups, groups, c -> c.room() != 1 && c.number() == 0 ? 1 : 0, 0.5);
    assertThat(apart.items()).containsExactlyInAnyOrder(new Clip(0, 0), new Clip(0, 1));
  }

  private static SetApart<Clip> tenth(int... rooms) {
    List<List<Clip>> groups = new ArrayList<>();
    List<List<Clip>> single = new ArrayList<>();
    for (int room = 0; room < rooms.length; room++) {
      List<Clip> clips = new ArrayList<>();
      for (int i = 0; i < rooms[room]; i++) {
        clips.add(new Clip(room, i));
        single.add(List.of(new Clip(room, i)));
      }
      groups.add(clips);
    }
    return SetApart.of(groups, single, c -> 1, 0.1);
  }
}
