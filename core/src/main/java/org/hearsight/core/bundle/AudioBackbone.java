package org.hearsight.core.bundle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hearsight.core.audio.AudioFeatures;
import org.hearsight.core.audio.AvCrnnFeatures;
import org.hearsight.core.audio.FoaFeatures;

/** The audio encoders there are, each with the features it is fed. */
public enum AudioBackbone {
  /** The audio baseline of DCASE 2023 and 2024: a token of 128 numbers every 100 ms. */
  SELDNET {
    @Override
    public AudioFeatures features() {
      return new FoaFeatures();
    }
  },

  /** The STARSS23 audio-visual baseline without its picture: 512 numbers every 160 ms. */
  AVCRNN {
    @Override
    public AudioFeatures features() {
      return new AvCrnnFeatures();
    }
  };

  /** A fresh instance of what the encoder hears. */
  public abstract AudioFeatures features();

  /** Its name on cards and in commands, {@link EncoderCard#kind}. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The backbone of that name, if it is one. */
  public static Optional<AudioBackbone> of(String kind) {
    return Arrays.stream(values()).filter(b -> b.kind().equals(kind)).findFirst();
  }

  /** All names, for messages. */
  static String names() {
    return Arrays.stream(values()).map(AudioBackbone::kind).collect(Collectors.joining(" or "));
  }
}
