package org.hearsight.simulator.seld;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.hearsight.simulator.scene.Setting;

/** What kind of place a clip is set in; the number goes into the file's name as its room. */
public enum Venue {
  @JsonProperty("bare_room")
  BARE_ROOM(1, Setting.INDOOR),
  @JsonProperty("indoor_scene")
  INDOOR_SCENE(2, Setting.INDOOR),
  @JsonProperty("outdoor_scene")
  OUTDOOR_SCENE(3, Setting.OUTDOOR),
  @JsonProperty("open_ground")
  OPEN_GROUND(4, Setting.OUTDOOR);

  /** In turn: 11 bare rooms, 5 scenes and 4 open grounds in 20. */
  private static final String TURNS = "BBIBOBBSBOBIBOBSBOBI";

  private final int room;
  private final Setting setting;

  Venue(int room, Setting setting) {
    this.room = room;
    this.setting = setting;
  }

  public int room() {
    return room;
  }

  Setting setting() {
    return setting;
  }

  /** That of clip number {@code index}. */
  public static Venue of(int index) {
    return switch (TURNS.charAt(index % TURNS.length())) {
      case 'I' -> INDOOR_SCENE;
      case 'S' -> OUTDOOR_SCENE;
      case 'O' -> OPEN_GROUND;
      default -> BARE_ROOM;
    };
  }
}
