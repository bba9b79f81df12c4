package org.hearsight.server.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.server.problem.Problem;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Limits FEW = new Limits(1024, 2048, 1, 1, 1, 1, 1, 1, 3, 2, 10, 3, 2, 1);

  private final Admission admission = new Admission(FEW);

  @Test
  void oneClientLeavesRoomForOthers() {
    List<Admission.Place> places = new ArrayList<>();
    places.add(admission.request("a"));
    places.add(admission.request("a"));
    refused(() -> admission.request("a"), 429, "2 requests of one client are in hand, at most 2");
    places.add(admission.request("b"));
    refused(() -> admission.request("c"), 503, "3 requests are in hand, at most 3");

    places.get(0).close();
    places.get(0).close(); // a place is given back once
    places.add(admission.request("c"));
    refused(() -> admission.request("b"), 503, "at most 3");
    assertThat(admission.requests()).isEqualTo(3);
    places.forEach(Admission.Place::close);
    assertThat(admission.requests()).isZero();
  }

  @Test
  void streamsAndMemoryAreBounded() {
    Admission.Place stream = admission.stream("a");
    admission.stream("a");
    refused(() -> admission.stream("a"), 429, "2 streams of one client are listened to, at most 2");
    admission.stream("b"); // one client leaves room for others
    refused(() -> admission.stream("c"), 503, "3 streams are listened to, at most 3");
    refused(() -> admission.stream("b"), 503, "3 streams are listened to, at most 3");
    stream.close();
    admission.stream("a").close();
    assertThat(admission.streams()).isEqualTo(2);
    admission.request("a"); // requests and streams are counted apart
    admission.takeMemory(2000);
    refused(() -> admission.takeMemory(100), 503, "MiB, at most");
    admission.freeMemory(2000);
    admission.takeMemory(2048);
    assertThat(admission.memory()).isEqualTo(2048);
  }

  @Test
  void whenItIsClosedAllThatIsInHandIsWaitedFor() throws Exception {
    Admission.Place place = admission.request("a");
    admission.close();
    refused(() -> admission.request("b"), 503, "stopping");
    refused(() -> admission.stream("a"), 503, "stopping");
    assertThat(admission.awaitEmpty(Duration.ofMillis(20))).isFalse();
    Thread answering = new Thread(place::close);
    answering.start();
    assertThat(admission.awaitEmpty(Duration.ofSeconds(60))).isTrue();
    answering.join();
  }

  private static void refused(Runnable asking, int status, String says) {
    assertThatThrownBy(asking::run)
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.kind().status()).isEqualTo(status);
              assertThat(problem.retryAfter()).isPositive();
            })
        .hasMessageContaining(says);
  }
}
