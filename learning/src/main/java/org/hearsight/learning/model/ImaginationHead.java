package org.hearsight.learning.model;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.layer.Dropout;
import org.hearsight.learning.layer.Layer;
import org.hearsight.learning.layer.Linear;
import org.hearsight.learning.layer.ParameterFactory;
import org.hearsight.learning.layer.Value;

/**
 * Says from a fused vector what the hazard is, where, and how sure that is; as the seed's code. It
 * has no localizer where {@link PlaceHead} says where.
 */
public final class ImaginationHead extends Layer {
  private final Config config;
  private final Linear shared;
  private final Linear classifierIn;
  private final Linear classifierOut;
  private final Linear localizerIn;
  private final Linear localizerOut;
  private final Linear localizerShortcut;
  private final Linear confidenceIn;
  private final Linear confidenceOut;
  private final Dropout dropout;

  /**
   * The sizes of the head.
   *
   * @param inputWidth of the fused vector
   * @param width of the shared layer
   * @param branchWidth of the hidden layers of classifier and localizer
   * @param confidenceWidth of the hidden layer of the confidence
   * @param classes with background
   * @param location how the localizer's numbers mean a place
   * @param dropout after the shared layer
   * @param shortcut whether a linear layer from the fused vector is added to the localizer
   */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Config(
      int inputWidth,
      int width,
      int branchWidth,
      int confidenceWidth,
      int classes,
      LocationForm location,
      double dropout,
      boolean shortcut) {
    public Config {
      if (Math.min(Math.min(inputWidth, width), Math.min(branchWidth, confidenceWidth)) < 1) {
        throw new IllegalArgumentException("head: every size must be positive");
      }
      if (classes < 2 || location == null) {
        throw new IllegalArgumentException("head: expected two classes or more and a location");
      }
    }

    /** The seed's sizes; the shortcut with the spherical form, which the seed does not have. */
    public static Config of(int inputWidth, int classes, LocationForm location) {
      boolean shortcut = location == LocationForm.SPHERICAL;
      return new Config(inputWidth, 512, 256, 128, classes, location, 0.3, shortcut);
    }
  }

  /**
   * What comes out.
   *
   * @param classLogits [B, classes]
   * @param location the localizer's raw numbers, [B, {@link LocationForm#width()}]; null where
   *     {@link PlaceHead} gives them
   * @param confidence in [0, 1], [B, 1]
   */
  record Output(Value classLogits, Value location, Value confidence) {}

  public ImaginationHead(Config config, ParameterFactory factory) {
    this.config = config;
    dropout = new Dropout(config.dropout());
    shared = add("shared.0", new Linear(factory, config.inputWidth(), config.width()));
    classifierIn = add("classifier.0", new Linear(factory, config.width(), config.branchWidth()));
    classifierOut =
        add("classifier.2", new Linear(factory, config.branchWidth(), config.classes()));
    boolean localizes = config.location() != LocationForm.MAP;
    localizerIn =
        localizes
            ? add("localizer.0", new Linear(factory, config.width(), config.branchWidth()))
            : null;
    localizerOut =
        localizes
            ? add(
                "localizer.2", new Linear(factory, config.branchWidth(), config.location().width()))
            : null;
    localizerShortcut =
        localizes && config.shortcut()
            ? add(
                "localizer_shortcut",
                new Linear(factory, config.inputWidth(), config.location().width()))
            : null;
    confidenceIn =
        add("confidence.0", new Linear(factory, config.width(), config.confidenceWidth()));
    confidenceOut = add("confidence.2", new Linear(factory, config.confidenceWidth(), 1));
  }

  public Config config() {
    return config;
  }

  /** A fused vector [B, inputWidth] to the three answers. */
  Output forward(Value fused) {
    Value x = dropout.elements(shared.forward(fused).relu(), shared.isTraining());
    Value classLogits = classifierOut.forward(classifierIn.forward(x).relu());
    Value location =
        localizerOut == null ? null : localizerOut.forward(localizerIn.forward(x).relu());
    if (localizerShortcut != null) {
      // Two rectified layers and their dropout would have to learn to pass directions through.
      location = location.add(localizerShortcut.forward(fused));
    }
    Value confidence = confidenceOut.forward(confidenceIn.forward(x).relu()).sigmoid();
    return new Output(classLogits, location, confidence);
  }
}
