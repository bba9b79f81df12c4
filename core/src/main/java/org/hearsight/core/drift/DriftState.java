package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.hearsight.core.error.FieldValues;

/**
 * What a {@link DriftMonitor} knows after some clips, as a file keeps it.
 *
 * @param formatVersion of this file
 * @param model SHA-256 of the model that answered
 * @param alpha the largest probability of an alarm where nothing has changed, in (0, 1)
 * @param clips so far
 * @param senses what was seen of each sense
 * @param alarm the first one; null so far
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"format_version", "model", "alpha", "clips", "alarm", "senses"})
public record DriftState(
    @JsonProperty("format_version") int formatVersion,
    String model,
    double alpha,
    long clips,
    Map<DriftSense, Sense> senses,
    DriftAlarm alarm) {
  static final int FORMAT_VERSION = 1;

  /** Of alarms where nothing has changed, unless another one is asked for. */
  public static final double ALPHA = 0.01;

  private static final double LEAST_ALPHA = 1e-12;

  public DriftState {
    if (formatVersion != FORMAT_VERSION) {
      throw new IllegalArgumentException(
          "format_version: " + formatVersion + ", expected " + FORMAT_VERSION);
    }
    FieldValues.text("model", model);
    requireAlpha("alpha", alpha);
    FieldValues.within("clips", (double) clips, 0, Long.MAX_VALUE);
    for (DriftSense sense : DriftSense.values()) {
      Sense s = senses == null ? null : senses.get(sense);
      if (s == null || s.counts() == null || s.martingale() == null) {
        throw new IllegalArgumentException("senses." + sense.label() + ": missing");
      }
      if (s.counts().total() != clips || s.martingale().clips() != clips) {
        throw new IllegalArgumentException(
            "senses." + sense.label() + ": is not of " + clips + " clips");
      }
    }
    senses = Collections.unmodifiableMap(new EnumMap<>(senses));
  }

  /**
   * Refuses a probability that is none.
   *
   * @throws IllegalArgumentException naming the field
   */
  public static void requireAlpha(String field, double alpha) {
    FieldValues.within(field, alpha, LEAST_ALPHA, 1 - LEAST_ALPHA);
  }

  /** Before the first clip. */
  public static DriftState begin(String model, double alpha) {
    Map<DriftSense, Sense> senses = new EnumMap<>(DriftSense.class);
    for (DriftSense sense : DriftSense.values()) {
      senses.put(sense, new Sense(ScoreCounts.none(), DriftMartingale.begin()));
    }
    return new DriftState(FORMAT_VERSION, model, alpha, 0, senses, null);
  }

  /**
   * One sense.
   *
   * @param counts of all clips so far
   * @param martingale after them
   */
  @JsonPropertyOrder({"counts", "martingale"})
  public record Sense(ScoreCounts counts, DriftMartingale martingale) {}
}
