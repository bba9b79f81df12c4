package org.hearsight.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.drift.DriftAlarm;
import org.hearsight.core.drift.DriftSense;
import org.hearsight.core.drift.DriftVerdict;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.inference.LiveAnswer;
import org.junit.jupiter.api.Test;

class LiveLinesTest {
  private final StringWriter said = new StringWriter();
  private final PrintWriter out = new PrintWriter(said);

  private static LiveAnswer answer(long sequence, String... notes) {
    return new LiveAnswer(
        sequence,
        sequence / 10.0,
        Instant.ofEpochSecond(100),
        240,
        new Imagination(
            "siren",
            Map.of("background", 0.25, "siren", 0.75),
            new Location(30, 0, 10),
            null,
            null,
            null,
            0.5,
            null,
            new Imagination.Reliability(0.5, 0.5),
            0,
            List.of(notes)),
        null);
  }

  @Test
  void anAlarmIsSaidOnce() {
    DriftVerdict good = verdict(6, null);
    DriftVerdict bad = verdict(7, new DriftAlarm(7, "35.0 s of the stream", DriftSense.SOUND));
    LiveLines lines = new LiveLines(out, false, false);

    for (DriftVerdict verdict : List.of(good, bad, bad)) {
      lines.print(withDrift(verdict), List.of());
    }

    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .startsWith("  drift: ALARM since clip 7 (35.0 s of the stream), by its sound: ");
    new LiveLines(out, true, false).print(withDrift(bad), List.of());
    assertThat(said.toString()).contains("\"drift\":{\"clips\":7,\"log10_martingale\":3.0,");
  }

  private static LiveAnswer withDrift(DriftVerdict verdict) {
    LiveAnswer a = answer(50);
    return new LiveAnswer(
        a.sequence(), a.seconds(), a.captured(), a.dropped(), a.imagination(), verdict);
  }

  private static DriftVerdict verdict(long clips, DriftAlarm alarm) {
    Map<DriftSense, Double> senses =
        Map.of(DriftSense.SOUND, 3.5, DriftSense.SIGHT, 0.1, DriftSense.ANSWER, -0.2);
    return new DriftVerdict(clips, 3, 2, alarm, senses);
  }

  private static HazardEvent event(HazardEvent.Kind kind, double seconds) {
    float[] label = PlaceGrid.label(new Location(30, 0, 10));
    double[] p = new double[label.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = label[i];
    }
    return new HazardEvent(
        kind,
        7,
        "siren",
        0.8,
        1,
        seconds,
        new Location(30, 0, 10),
        new Imagination.Spread(8, 1.5),
        new PlacePosterior(p, 0));
  }

  @Test
  void programsGetAnObjectAHop() throws JsonProcessingException {
    LiveLines lines = new LiveLines(out, true, false);
    lines.print(answer(10), List.of());
    lines.print(answer(11, "quiet"), List.of(event(HazardEvent.Kind.ONSET, 1.1)));
    lines.end(List.of(event(HazardEvent.Kind.END, 1.1)));
    List<String> all = said.toString().lines().toList();
    assertThat(all).hasSize(3);
    JsonNode second = Json.MAPPER.readTree(all.get(1));
    assertThat(second.path("sequence").asLong()).isEqualTo(11);
    assertThat(second.path("seconds").asDouble()).isEqualTo(1.1);
    assertThat(second.path("captured").asText()).isEqualTo("1970-01-01T00:01:40Z");
    assertThat(second.path("dropped").asLong()).isEqualTo(240);
    assertThat(second.path("probabilities").path("siren").asDouble()).isEqualTo(0.75);
    assertThat(second.path("notes").path(0).asText()).isEqualTo("quiet");
    JsonNode hazard = second.path("hazards").path(0);
    assertThat(hazard.path("event").asText()).isEqualTo("onset");
    assertThat(hazard.path("id").asInt()).isEqualTo(7);
    assertThat(hazard.path("location").path("azimuth").asDouble()).isEqualTo(30);
    assertThat(hazard.has("places")).isFalse();
    assertThat(Json.MAPPER.readTree(all.get(2)).path("hazards").path(0).path("event").asText())
        .isEqualTo("end");
  }

  @Test
  void mapsOnlyWhereTheyAreAskedFor() throws JsonProcessingException {
    new LiveLines(out, true, true).print(answer(11), List.of(event(HazardEvent.Kind.UPDATE, 1.1)));
    JsonNode places = Json.MAPPER.readTree(said.toString()).path("hazards").path(0).path("places");
    assertThat(places.path("probabilities")).hasSize(PlaceGrid.AZIMUTHS);
  }

  @Test
  void peopleGetALineASecond() {
    LiveLines lines = new LiveLines(out, false, false);
    lines.print(answer(10, "1.0 s long", "quiet"), List.of(event(HazardEvent.Kind.ONSET, 1)));
    for (int i = 11; i < 25; i++) {
      lines.print(
          answer(i, i + " s long", "quiet"), List.of(event(HazardEvent.Kind.UPDATE, i / 10.0)));
    }
    lines.print(answer(25), List.of(event(HazardEvent.Kind.END, 2.5)));
    assertThat(said.toString().lines())
        .containsExactly(
            "    1.0 s  siren #7 begins at azimuth 30°, 10.0 m; half within 8°, probability 0.80",
            "  note: 1.0 s long",
            "  note: quiet",
            "    2.0 s  siren #7 at azimuth 30°, 10.0 m; half within 8°, probability 0.80",
            "    2.5 s  siren #7 ends after 1.5 s, last at azimuth 30°, 10.0 m; half within 8°,"
                + " probability 0.80");
  }

  @Test
  void timesAreTold() {
    HopTimes times = new HopTimes();
    assertThat(times.line()).startsWith("0 answers");
    for (int i = 1; i <= 2000; i++) {
      times.add(1, i * 10_000L);
    }
    times.add(0, 5);
    assertThat(times.line())
        .isEqualTo(
            "2000 answers; a hop took 10.0 ms (p50), 19.8 ms (p99), 20.0 ms at most;"
                + " real-time factor 0.100");
  }
}
