package org.hearsight.core.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.assertj.core.data.Offset;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.file.Json;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.place.PlacePosterior;
import org.hearsight.core.track.HazardEvent;
import org.junit.jupiter.api.Test;

class RobotFormsTest {
  private static PlacePosterior around(Location place) {
    float[] label = PlaceGrid.label(place);
    double[] p = new double[label.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = label[i];
    }
    return new PlacePosterior(p, 0);
  }

  private static HazardEvent event(HazardEvent.Kind kind, int id, Location place) {
    return new HazardEvent(
        kind, id, "horn", 0.9, 0, 1, place, new Imagination.Spread(5, 1.3), around(place));
  }

  @Test
  void tracksAreUnitVectorsOfWhatGoesOn() {
    JsonNode tracks =
        OdasTracks.of(
            3,
            List.of(
                event(HazardEvent.Kind.END, 1, new Location(0, 0, 5)),
                event(HazardEvent.Kind.ONSET, 2, new Location(-90, 30, 8))));
    assertThat(tracks.path("src")).hasSize(1);
    JsonNode track = tracks.at("/src/0");
    assertThat(track.path("id").asInt()).isEqualTo(2);
    double norm =
        Math.sqrt(
            Math.pow(track.path("x").asDouble(), 2)
                + Math.pow(track.path("y").asDouble(), 2)
                + Math.pow(track.path("z").asDouble(), 2));
    assertThat(norm).isCloseTo(1, Offset.offset(1e-12));
    assertThat(track.path("y").asDouble()).as("to the right").isLessThan(-0.86);
    assertThat(track.path("z").asDouble()).isCloseTo(0.5, Offset.offset(1e-9));
    assertThat(track.path("distance").asDouble()).isEqualTo(8);
  }

  /** The squares from 100 − p on hold p % of the map, as far as its cells and squares are fine. */
  @Test
  void aSquareSaysWhichRegionItBelongsTo() {
    PlacePosterior map = around(new Location(40, 0, 12));
    OccupancyRaster raster = new OccupancyRaster(0.5, 40);
    byte[] squares = raster.draw(List.of(map));
    for (int percent : new int[] {50, 80, 90}) {
      int[] region = map.region(percent / 100.0);
      boolean[] inside = new boolean[PlaceGrid.CELLS];
      for (int cell : region) {
        inside[cell] = true;
      }
      for (int row = 0; row < raster.side(); row++) {
        for (int column = 0; column < raster.side(); column++) {
          double x = raster.origin() + (column + 0.5) * raster.resolution();
          double y = raster.origin() + (row + 0.5) * raster.resolution();
          int cell =
              PlaceGrid.cell(new Location(Math.toDegrees(Math.atan2(y, x)), 0, Math.hypot(x, y)));
          int value = squares[row * raster.side() + column];
          if (value > 100 - percent + 1) {
            assertThat(inside[cell]).as(x + ", " + y + ": " + value).isTrue();
          } else if (value < 100 - percent - 1) {
            assertThat(inside[cell]).as(x + ", " + y + ": " + value).isFalse();
          }
        }
      }
    }
  }

  @Test
  void beyondThePlacesNothingIsKnown() {
    OccupancyRaster raster = new OccupancyRaster(2, 100);
    byte[] squares = raster.draw(List.of());
    assertThat(squares[0]).isEqualTo(OccupancyRaster.UNKNOWN);
    int middle = raster.side() / 2 * raster.side() + raster.side() / 2;
    assertThat(squares[middle]).isZero();
    assertThatIllegalArgumentException().isThrownBy(() -> new OccupancyRaster(0.01, 100));
    assertThatIllegalArgumentException().isThrownBy(() -> new OccupancyRaster(-1, 100));
  }

  @Test
  void versionsOfRosDifferInTypesAndTimes() {
    Instant stamp = Instant.ofEpochSecond(5, 6);
    RosMessages one = new RosMessages(RosMessages.Version.ROS1, "ears");
    RosMessages two = new RosMessages(RosMessages.Version.ROS2, "ears");
    assertThat(one.gridType()).isEqualTo("nav_msgs/OccupancyGrid");
    assertThat(two.gridType()).isEqualTo("nav_msgs/msg/OccupancyGrid");
    assertThat(Json.line(one.poses(stamp, List.of())))
        .isEqualTo(
            "{\"header\":{\"stamp\":{\"secs\":5,\"nsecs\":6},\"frame_id\":\"ears\"},\"poses\":[]}");
    assertThat(Json.line(two.poses(stamp, List.of()))).contains("\"sec\":5,\"nanosec\":6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RosMessages(RosMessages.Version.ROS2, " "));
  }

  @Test
  void statusMessagesAreToldFromOthers() {
    assertThat(RosbridgeOps.status("{\"op\":\"status\",\"level\":\"error\",\"msg\":\"no\"}"))
        .contains(new RosbridgeOps.Status("error", "no"));
    assertThat(RosbridgeOps.status("{\"op\":\"publish\"}")).isEmpty();
    assertThat(RosbridgeOps.status("oops")).isPresent();
  }
}
