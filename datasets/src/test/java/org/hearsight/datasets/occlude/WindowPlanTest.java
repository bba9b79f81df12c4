package org.hearsight.datasets.occlude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset.Recording;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.taxonomy.ClassMap;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.RunOptions;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  private final List<String> notes = new ArrayList<>();

  /** Rooms of 5 and 95 windows: a tenth is asked for, the small room is the nearest to it. */
  @Test
  void theSmallRoomValidatesWhateverTheSeed() {
    for (long seed = 0; seed < 10; seed++) {
      Set<Integer> rooms = rooms(Split.VALIDATION, windows(5, 95), seed);
      assertThat(rooms).containsExactly(1);
      assertThat(rooms(Split.TRAIN, windows(5, 95), seed)).containsExactly(2);
    }
    assertThat(notes).noneMatch(n -> n.contains("whole rooms"));
  }

  @Test
  void aSingleRoomIsDividedByRecordingsAndThatIsSaid() {
    List<Job<WindowPlan.Want>> jobs = plan(windows(40), 1);
    Set<String> train = recordings(Split.TRAIN, jobs);
    Set<String> validation = recordings(Split.VALIDATION, jobs);
    assertThat(validation).hasSize(2).doesNotContainAnyElementsOf(train); // of 20
    assertThat(notes).anyMatch(n -> n.startsWith("no choice of whole rooms comes near"));
  }

  @Test
  void aSingleRecordingCannotBeDivided() {
    assertThatThrownBy(() -> plan(windows(2), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("in one recording only");
  }

  @Test
  void calibrationTakesTheRoomsOfValidationAndLeavesTheRestAlone() {
    List<Window> windows = windows(20, 20, 20, 20, 20, 20, 20, 20, 20, 20);
    List<Job<WindowPlan.Want>> without = plan(windows, new RunOptions(90, 10, 0, 1, 1));
    List<Job<WindowPlan.Want>> with = plan(windows, new RunOptions(90, 10, 0, 15, 1, 1));
    assertThat(with).hasSize(115);
    assertThat(with.subList(0, 100)).isEqualTo(without);
    assertThat(rooms(Split.CALIBRATION, with)).isEqualTo(rooms(Split.VALIDATION, with));
    assertThat(with.stream().map(Job::seed).distinct()).hasSize(115);

    List<Job<WindowPlan.Want>> alone = plan(windows, new RunOptions(90, 0, 0, 10, 1, 1));
    assertThat(rooms(Split.CALIBRATION, alone))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(rooms(Split.TRAIN, alone));
  }

  private static Set<Integer> rooms(Split split, List<Job<WindowPlan.Want>> jobs) {
    return jobs.stream()
        .filter(j -> j.split() == split)
        .map(j -> j.want().window().recording().room())
        .collect(Collectors.toSet());
  }

  private Set<Integer> rooms(Split split, List<Window> windows, long seed) {
    return rooms(split, plan(windows, seed));
  }

  private static Set<String> recordings(Split split, List<Job<WindowPlan.Want>> jobs) {
    return jobs.stream()
        .filter(j -> j.split() == split)
        .map(j -> j.want().window().recording().name())
        .collect(Collectors.toSet());
  }

  private List<Job<WindowPlan.Want>> plan(List<Window> windows, long seed) {
    return plan(windows, new RunOptions(90, 10, 0, seed, 1));
  }

  private List<Job<WindowPlan.Want>> plan(List<Window> windows, RunOptions run) {
    OccludeConfig config =
        new OccludeConfig(Path.of("data"), null, run, ClassMap.starss23(), 5, 0.5);
    return WindowPlan.of(config, windows, Progress.notes(notes::add));
  }

  /** Two windows a recording. */
  private static List<Window> windows(int... rooms) {
    List<Window> windows = new ArrayList<>();
    for (int room = 1; room <= rooms.length; room++) {
      for (int i = 0; i < rooms[room - 1]; i++) {
        String name = "dev-train-tau/fold3_room%d_mix%03d".formatted(room, i / 2);
        Recording recording =
            new Recording(name, Split.TRAIN, Path.of(name), null, null, null, null);
        List<SeldEvent> events = List.of(new SeldEvent(i % 2 * 50, 0, 0, 10, 0, 2));
        windows.add(new Window(recording, i % 2 * 50, "voice", events));
      }
    }
    return windows;
  }
}
