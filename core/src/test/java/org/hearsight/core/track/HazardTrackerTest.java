package org.hearsight.core.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.junit.jupiter.api.Test;

class HazardTrackerTest {
  private static final double HOP = 0.1;

  private HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
  private final List<HazardEvent> events = new ArrayList<>();
  private int hops;

  private static Imagination answer(double siren, double horn, PlacePosterior places) {
    return answer(siren, horn, places, places.best(), null, null);
  }

  private static Imagination answer(
      double siren,
      double horn,
      PlacePosterior places,
      Location location,
      Imagination.Spread spread,
      Imagination.Unknown unknown) {
    Map<String, Double> p = new LinkedHashMap<>();
    p.put("background", 1 - siren - horn);
    p.put("siren", siren);
    p.put("horn", horn);
    return new Imagination(
        "siren",
        p,
        location,
        spread,
        places,
        null,
        0.5,
        unknown,
        new Imagination.Reliability(0.5, 0.5),
        0,
        List.of());
  }

  /** Normal in azimuth and log-distance, on a floor. */
  private static double[] hill(double azimuth, double distance, double degrees, double log) {
    double[] p = new double[PlaceGrid.CELLS];
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      double off = Direction.wrap(PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - azimuth) / degrees;
      double away = (PlaceGrid.logDistance(PlaceGrid.distanceOf(i)) - Math.log(distance)) / log;
      p[i] = Math.exp(-(off * off + away * away) / 2) + 1e-4;
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  private static PlacePosterior map(double azimuth, double distance) {
    return new PlacePosterior(hill(azimuth, distance, 12, 0.5), 0);
  }

  private List<HazardEvent> hear(Imagination answer) {
    List<HazardEvent> now = tracker.update(++hops * HOP, answer);
    events.addAll(now);
    return now;
  }

  private HazardEvent last() {
    return events.get(events.size() - 1);
  }

  private static double entropy(PlacePosterior places) {
    double sum = 0;
    for (double p : places.probabilities()) {
      sum -= p > 0 ? p * Math.log(p) : 0;
    }
    return sum;
  }

  private static double error(Location place, double azimuth) {
    return Math.abs(Direction.wrap(place.azimuth() - azimuth));
  }

  /** Past at 30 m and 4 m/s; the maps' errors last for a tenth of a second, as is set. */
  @Test
  void thePosteriorSharpensWhileTheSourceMoves() {
    tracker = new HazardTracker(new HazardTracker.Settings(0.5, 0.5, 0.25, 1, 0.25, 5, 8, 1));
    SplittableRandom random = new SplittableRandom(1);
    double offAzimuth = 0;
    double offDistance = 0;
    double alone = 0;
    double tracked = 0;
    double sharper = 0;
    double keep = Math.exp(-HOP / 0.1);
    double add = Math.sqrt(1 - keep * keep);
    int counted = 0;
    for (int i = 0; i < 200; i++) {
      offAzimuth = keep * offAzimuth + add * 14 * random.nextGaussian();
      offDistance = keep * offDistance + add * 0.4 * random.nextGaussian();
      double y = 40 - 4 * i * HOP;
      double azimuth = Math.toDegrees(Math.atan2(y, 30));
      PlacePosterior map =
          new PlacePosterior(
              hill(azimuth + offAzimuth, Math.hypot(y, 30) * Math.exp(offDistance), 14, 0.4), 0);
      hear(answer(0.9, 0.05, map));
      if (i > 60) {
        counted++;
        alone += error(map.best(), azimuth);
        tracked += error(last().location(), azimuth);
        sharper += entropy(map) - entropy(last().places());
      }
    }
    assertThat(tracked / counted).isLessThan(0.75 * alone / counted);
    assertThat(sharper / counted).as("nats").isGreaterThan(0.4);
    assertThat(events).extracting(HazardEvent::id).containsOnly(1);
  }

  @Test
  void whatStandsIsKnownBetterTheLongerItIsHeard() {
    SplittableRandom random = new SplittableRandom(4);
    double alone = 0;
    double tracked = 0;
    for (int i = 0; i < 150; i++) {
      PlacePosterior map = map(60 + 12 * random.nextGaussian(), 10);
      hear(answer(0.9, 0.05, map));
      if (i > 50) {
        alone += error(map.best(), 60);
        tracked += error(last().location(), 60);
        assertThat(entropy(last().places())).isLessThan(entropy(map) - 0.4);
      }
    }
    assertThat(tracked).isLessThan(0.5 * alone);
  }

  /** Behind a vehicle: each map has the truth and somewhere else as its hills. */
  @Test
  void theHillThatMovesAsAHazardDoesRemains() {
    SplittableRandom random = new SplittableRandom(2);
    double ghost = 0;
    double truth = 0;
    for (int i = 0; i < 100; i++) {
      truth = -20 - 0.3 * i;
      ghost = i % 10 == 0 ? random.nextDouble(20, 160) : ghost;
      double[] p = hill(truth, 15, 8, 0.4);
      double[] other = hill(ghost, 15, 8, 0.4);
      for (int c = 0; c < p.length; c++) {
        p[c] = 0.45 * p[c] + 0.55 * other[c];
      }
      hear(answer(0.9, 0, new PlacePosterior(p, 0)));
    }
    double held = 0;
    for (int i = 0; i < PlaceGrid.CELLS; i++) {
      double off = PlaceGrid.azimuth(PlaceGrid.azimuthOf(i)) - truth;
      held += Math.abs(Direction.wrap(off)) < 25 ? last().places().probability(i) : 0;
    }
    assertThat(held).isGreaterThan(0.85);
    assertThat(error(last().location(), truth)).isLessThan(8);
  }

  /** The louder one is answered, now this one and now that one. */
  @Test
  void twoThatCrossKeepTheirIdentities() {
    for (int i = 0; i < 140; i++) {
      boolean siren = i / 4 % 2 == 0;
      double azimuth = 70 - i;
      Imagination answer =
          siren ? answer(0.85, 0.1, map(azimuth, 15)) : answer(0.1, 0.85, map(-azimuth, 15));
      for (HazardEvent event : hear(answer)) {
        assertThat(event.id()).isEqualTo(event.className().equals("siren") ? 1 : 2);
        if (i > 30) {
          double truth = event.className().equals("siren") ? azimuth : -azimuth;
          assertThat(error(event.location(), truth)).as("hop %d", i).isLessThan(30);
        }
      }
    }
    assertThat(events).extracting(HazardEvent::kind).doesNotContain(HazardEvent.Kind.END);
    assertThat(events).extracting(HazardEvent::className).contains("siren", "horn");
  }

  @Test
  void aHazardEndsAfterSilenceAndComesBackAsAnother() {
    PlacePosterior map = map(30, 10);
    for (int i = 0; i < 30; i++) {
      hear(answer(0.9, 0, map));
    }
    assertThat(events.get(0).kind()).isEqualTo(HazardEvent.Kind.ONSET);
    assertThat(events.get(0).seconds()).isEqualTo(events.get(0).onset()).isBetween(0.3, 0.9);
    assertThat(events.subList(1, events.size()))
        .allMatch(e -> e.kind() == HazardEvent.Kind.UPDATE && e.onset() == events.get(0).onset());
    events.clear();
    for (int i = 0; i < 60; i++) {
      hear(answer(0.02, 0, map(-120, 30)));
    }
    assertThat(events).filteredOn(e -> e.kind() == HazardEvent.Kind.END).hasSize(1);
    assertThat(last().kind()).isEqualTo(HazardEvent.Kind.END);
    assertThat(last().seconds()).isBetween(4.0, 5.2);
    assertThat(error(last().location(), 30)).as("where it was last").isLessThan(10);
    for (int i = 0; i < 10; i++) {
      hear(answer(0.9, 0, map));
    }
    assertThat(last().id()).isEqualTo(2);
    assertThat(tracker.end())
        .singleElement()
        .satisfies(e -> assertThat(e.kind()).isEqualTo(HazardEvent.Kind.END));
    assertThat(tracker.end()).isEmpty();
  }

  @Test
  void whatWaversBeginsOnce() {
    for (int i = 0; i < 200; i++) {
      hear(answer(i / 10 % 2 == 0 ? 0.75 : 0.2, 0, map(0, 10)));
    }
    assertThat(events).filteredOn(e -> e.kind() != HazardEvent.Kind.UPDATE).hasSize(1);
  }

  @Test
  void aLoneHopIsNoHazard() {
    for (int i = 0; i < 50; i++) {
      hear(answer(i == 20 ? 0.99 : 0.05, 0, map(0, 10)));
    }
    assertThat(events).isEmpty();
  }

  @Test
  void anUnknownSoundIsNoHazard() {
    for (int i = 0; i < 30; i++) {
      hear(answer(0.9, 0, map(0, 10), map(0, 10).best(), null, new Imagination.Unknown(2, 1)));
    }
    assertThat(events).isEmpty();
  }

  @Test
  void aModelWithoutAMapIsFollowedByItsPlaces() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 60; i++) {
      Location place = new Location(175 + 10 * random.nextGaussian(), 5, 9);
      hear(answer(0.9, 0, null, place, i % 2 == 0 ? null : new Imagination.Spread(12, 1.4), null));
    }
    assertThat(error(last().location(), 175)).isLessThan(6);
    assertThat(last().location().distance()).isCloseTo(9, within(2.0));
    assertThat(last().location().elevation()).isCloseTo(5, within(2.0));
  }

  @Test
  void timeDoesNotStandStill() {
    hear(answer(0.9, 0, map(0, 10)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tracker.update(HOP, answer(0.9, 0, map(0, 10))))
        .withMessageContaining("is not after");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HazardTracker.Settings(0.5, 0.4, 0.6, 1, 1, 5, 8, 1))
        .withMessageContaining("end: 0.6");
  }
}
