package org.hearsight.spark.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspectsTest {
  @TempDir private Path home;

  private JobFolder folder() {
    return JobFolder.open(home.resolve("job").toString(), new Configuration());
  }

  @Test
  @SuppressWarnings("resource") // a JVM that dies closes nothing
  void whatWasInWorkWhenTheJvmDiedIsCounted() throws Exception {
    JobFolder folder = folder();
    Suspects first = Suspects.begin(folder, 3, "a");
    assertThat(first.isCareful()).isFalse();
    Suspects second = Suspects.begin(folder, 3, "b");
    assertThat(second.isCareful()).isTrue();
    second.next("good");
    second.next("bad");
    Suspects third = Suspects.begin(folder, 3, "c");
    third.next("good");
    third.next("bad");
    Suspects fourth = Suspects.begin(folder, 3, "d");
    assertThat(fourth.deaths("good")).isZero();
    assertThat(fourth.deaths("bad")).isEqualTo(2);
    assertThat(Suspects.begin(folder, 4, "e").isCareful()).isFalse();
  }

  @Test
  void anAttemptThatFailsInAnotherWayBlamesNothing() throws Exception {
    JobFolder folder = folder();
    Suspects.begin(folder, 0, "a").close();
    try (Suspects second = Suspects.begin(folder, 0, "b")) {
      second.next("good");
    }
    try (Suspects third = Suspects.begin(folder, 0, "c")) {
      assertThat(third.isCareful()).isTrue();
      assertThat(third.deaths("good")).isZero();
    }
  }
}
