package org.hearsight.core.bundle;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.hearsight.core.error.FieldValues;

/**
 * What an encoder is and where its weights came from: {@code encoder.json} of an imported encoder,
 * and part of {@link ModelCard}.
 *
 * @param kind {@code seldnet}, {@code avcrnn} ({@link AudioBackbone}) or {@code resnet50}
 * @param width of a token, as in 128 for the DCASE baseline, 512 for AvCrnn, 2048 for ResNet-50
 * @param inputs planes of the input: 7 for FOA features, 3 (RGB) or 5 (RGB, depth, occlusion)
 * @param pretrained were the weights trained, by whomever? Untrained encoders are drawn from a seed
 * @param hasHead does the checkpoint carry its own task's head as well?
 * @param source the file the weights came from, or the seed they were drawn from
 * @param sha256 of that file; empty for drawn weights
 * @param seld what a SELD encoder trained here brings along; null for all others
 * @param int8 of a picture encoder that runs in 8 bits; null for all others
 */
@JsonIgnoreProperties("checksums") // of Checksums, which reads them itself
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "format_version",
  "kind",
  "width",
  "inputs",
  "pretrained",
  "has_head",
  "source",
  "sha256",
  "seld",
  "int8"
})
public record EncoderCard(
    @JsonProperty("format_version") int formatVersion,
    String kind,
    int width,
    int inputs,
    boolean pretrained,
    @JsonProperty("has_head") boolean hasHead,
    String source,
    String sha256,
    SeldCard seld,
    ActivationRanges int8) {
  /** Fields have been added to the first form only: {@code seld}, {@code int8}. */
  static final CardFormat FORMAT = new CardFormat(List.of());

  public static final int FORMAT_VERSION = FORMAT.current();
  public static final String SELDNET = "seldnet";
  public static final String AVCRNN = "avcrnn";
  public static final String RESNET50 = "resnet50";

  /** No network of ours is wider, by far; more is a damaged number. */
  static final int WIDEST = 1 << 16;

  public EncoderCard {
    FieldValues.text("kind", kind);
    FieldValues.within("width", width, 1, WIDEST);
    FieldValues.within("inputs", inputs, 1, WIDEST);
    FieldValues.text("source", source);
    FieldValues.text("sha256", sha256);
  }

  /** An encoder that brings nothing along. */
  public EncoderCard(
      int formatVersion,
      String kind,
      int width,
      int inputs,
      boolean pretrained,
      boolean hasHead,
      String source,
      String sha256) {
    this(formatVersion, kind, width, inputs, pretrained, hasHead, source, sha256, null, null);
  }

  /**
   * The audio encoder it is; what it hears follows from that.
   *
   * @throws IllegalStateException if it is not one
   */
  public AudioBackbone backbone() {
    return AudioBackbone.of(kind)
        .orElseThrow(() -> new IllegalStateException("'" + kind + "' is not an audio encoder"));
  }

  /** The same encoder, run in 8 bits; null: as it was trained. */
  public EncoderCard in8Bits(ActivationRanges ranges) {
    return new EncoderCard(
        formatVersion, kind, width, inputs, pretrained, hasHead, source, sha256, seld, ranges);
  }

  /** The same card without what the encoder brings along: a bundle keeps its scaler itself. */
  public EncoderCard alone() {
    return new EncoderCard(formatVersion, kind, width, inputs, pretrained, hasHead, source, sha256);
  }
}
