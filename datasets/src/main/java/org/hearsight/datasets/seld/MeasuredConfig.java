package org.hearsight.datasets.seld;

import java.nio.file.Path;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.error.InputException;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.simulator.sound.SoundUse;

/**
 * Which clips of a measured room to make.
 *
 * @param run how many, as its test split; the other splits have none
 * @param sounds folder of recordings, one folder a class
 * @param use which of them
 * @param responses folder of {@link MeasuredResponses}
 * @param format of the responses; null to believe what they say of themselves
 * @param directions what the labels say
 * @param snr of the source, while it sounds, over a room's ambience from all around, dB; infinite
 *     for none
 */
public record MeasuredConfig(
    RunOptions run,
    Path sounds,
    SoundUse use,
    Path responses,
    FoaFormat format,
    Directions directions,
    double snr) {
  /** Where a source is said to be. */
  public enum Directions {
    /** Where the list of the responses puts the loudspeaker. */
    LISTED,
    /** Where the response's direct sound comes from. */
    HEARD
  }

  public MeasuredConfig {
    if (run.train() + run.validation() > 0) {
      throw new IllegalArgumentException("a measured room gives a test split only");
    }
    if (Double.isNaN(snr) || snr < -60) {
      throw new InputException("snr", snr + " is out of range", "choose -60 dB or more");
    }
  }
}
