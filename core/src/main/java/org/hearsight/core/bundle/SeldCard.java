package org.hearsight.core.bundle;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.error.FieldValues;
import org.hearsight.core.seld.DistanceForm;

/**
 * What a SELD encoder trained here brings beside its weights: what its head's numbers mean, and the
 * scaler it was trained with. Checkpoints of others come without.
 *
 * @param classes of the head, in index order
 * @param distance what the head's distance stands for
 * @param scaler of the audio features
 */
@JsonPropertyOrder({"classes", "distance", "scaler"})
public record SeldCard(List<String> classes, DistanceForm distance, FeatureScaler scaler) {
  public SeldCard {
    if (classes == null || classes.isEmpty() || distance == null || scaler == null) {
      throw new IllegalArgumentException("seld: classes, distance or scaler is missing");
    }
    Set<String> seen = new HashSet<>();
    for (String name : classes) {
      FieldValues.text("seld.classes", name);
      if (!seen.add(name)) {
        throw new IllegalArgumentException("seld.classes: '" + name + "' stands twice");
      }
    }
    classes = List.copyOf(classes);
  }
}
