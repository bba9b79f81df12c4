package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.hearsight.core.error.FieldValues;

/**
 * When what came in was first said to be unlike the calibration.
 *
 * @param clip its number, from 1
 * @param name of the clip: its file, or when it ends in its stream
 * @param sense by which it was said
 */
@JsonPropertyOrder({"clip", "name", "sense"})
public record DriftAlarm(long clip, String name, DriftSense sense) {
  public DriftAlarm {
    FieldValues.within("alarm.clip", (double) clip, 1, Long.MAX_VALUE);
    FieldValues.text("alarm.name", name);
    if (sense == null) {
      throw new IllegalArgumentException("alarm.sense: missing");
    }
  }
}
