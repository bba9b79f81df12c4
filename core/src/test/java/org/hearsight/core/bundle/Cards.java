package org.hearsight.core.bundle;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collections;
import java.util.List;
import org.hearsight.core.audio.FeatureScaler;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.core.imagination.UnknownDetector;
import org.hearsight.core.taxonomy.Taxonomy;

/** Cards for tests. */
final class Cards {
  private Cards() {}

  static EncoderCard encoder(String kind) {
    return new EncoderCard(EncoderCard.FORMAT_VERSION, kind, 128, 7, true, true, "a.pth", "abc");
  }

  static ModelCard model() {
    return model(LocationForm.SPHERICAL);
  }

  static ModelCard withMap() {
    return model(LocationForm.MAP);
  }

  private static ModelCard model(LocationForm location) {
    return new ModelCard(
        ModelCard.FORMAT_VERSION,
        Taxonomy.hazards(),
        5,
        encoder(EncoderCard.SELDNET),
        encoder(EncoderCard.RESNET50),
        new ModelCard.AdapterCard(
            Fusion.SPATIAL, true, location, ConfidenceTarget.CORRECTNESS, 512, 8),
        1.25,
        null,
        new UnknownDetector(
            0.75,
            Collections.nCopies(256, 1.5f),
            List.of(Collections.nCopies(256, 0.5f)),
            List.of(Collections.nCopies(256, 0.25f))),
        null,
        new FeatureScaler(Collections.nCopies(448, -3.5f), Collections.nCopies(448, 2f)),
        JsonNodeFactory.instance.objectNode().put("seed", 1));
  }

  /** A card as it was before there were checksums. */
  static String withoutChecksums(String json) {
    return json.replaceFirst("(?s),\\s*\"checksums\" : \\{.*?\\}", "");
  }
}
