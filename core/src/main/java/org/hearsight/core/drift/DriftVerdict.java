package org.hearsight.core.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import java.util.Map;

/**
 * What a {@link DriftMonitor} says after a clip.
 *
 * @param clips so far
 * @param log10Martingale decimal logarithm of the evidence: the largest martingale of the senses,
 *     divided by their number
 * @param alarmAt from so much evidence on there is an alarm, −log10 α
 * @param alarm the first one, which stays whatever comes after it; null so far
 * @param senses decimal logarithm of each sense's martingale
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"clips", "log10_martingale", "alarm_at", "alarm", "senses"})
public record DriftVerdict(
    long clips,
    @JsonProperty("log10_martingale") double log10Martingale,
    @JsonProperty("alarm_at") double alarmAt,
    DriftAlarm alarm,
    Map<DriftSense, Double> senses) {
  /** In a line for people. */
  public String line() {
    String evidence =
        String.format(
            Locale.ROOT,
            "log10 martingale %.2f after %d clips (sound %.2f, sight %.2f, answer %.2f)",
            log10Martingale,
            clips,
            senses.get(DriftSense.SOUND),
            senses.get(DriftSense.SIGHT),
            senses.get(DriftSense.ANSWER));
    return alarm == null
        ? String.format(Locale.ROOT, "%s, alarm at %.2f", evidence, alarmAt)
        : String.format(
            Locale.ROOT,
            "ALARM since clip %d (%s), by its %s: this is not what the model was calibrated on, and"
                + " its confidence and regions do not hold; %s",
            alarm.clip(),
            alarm.name(),
            alarm.sense().label(),
            evidence);
  }
}
