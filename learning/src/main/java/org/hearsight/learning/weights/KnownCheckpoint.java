package org.hearsight.learning.weights;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.hearsight.core.bundle.EncoderCard;
import org.hearsight.core.error.InputException;

/** Official checkpoints that can be fetched by name, with their checksums. */
public enum KnownCheckpoint {
  /** torchvision, ResNet50_Weights.IMAGENET1K_V1; its file's name holds the checksum's start. */
  RESNET50(
      "resnet50",
      EncoderCard.RESNET50,
      "https://download.pytorch.org/models/resnet50-0676ba61.pth",
      "0676ba61"),
  /** torchvision, ResNet50_Weights.IMAGENET1K_V2. */
  RESNET50_V2(
      "resnet50-v2",
      EncoderCard.RESNET50,
      "https://download.pytorch.org/models/resnet50-11ad3fa6.pth",
      "11ad3fa6"),
  /** The DCASE 2024 baseline's audio model (MIT), trained on synthetic recordings. */
  DCASE2024(
      "dcase2024",
      EncoderCard.SELDNET,
      "https://raw.githubusercontent.com/partha2409/DCASE2024_seld_baseline/"
          + "5ebe0bf095c940387d0043574043362b21f10e27/3_1_dev_split0_multiaccdoa_foa_model.h5",
      "aef17c01091ea7afa5b1ee4300228d179736081dc5bc0b4b8861063e99434da1");

  private final String label;
  private final String kind;
  private final URI uri;
  private final String sha256;

  KnownCheckpoint(String label, String kind, String uri, String sha256) {
    this.label = label;
    this.kind = kind;
    this.uri = URI.create(uri);
    this.sha256 = sha256;
  }

  /**
   * Finds one by its name.
   *
   * @throws InputException if there is none, with the names there are
   */
  public static KnownCheckpoint of(String name) {
    return Arrays.stream(values())
        .filter(k -> k.label.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "download",
                    "'" + name + "' names no known checkpoint",
                    "choose one of " + names()));
  }

  /** All names, for people. */
  public static String names() {
    return Arrays.stream(values()).map(k -> k.label).collect(Collectors.joining(", "));
  }

  public String label() {
    return label;
  }

  /** What it is a checkpoint of, as in {@link EncoderCard#kind()}. */
  public String kind() {
    return kind;
  }

  public URI uri() {
    return uri;
  }

  /** The checksum in hexadecimal, or as much of its start as the publisher gives. */
  public String sha256() {
    return sha256;
  }

  /** The last part of the address. */
  public String fileName() {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
