package org.hearsight.simulator.sound;

import java.nio.file.Path;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Resampler;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.error.InputException;

/**
 * A recorded sound in a folder of sounds.
 *
 * @param name path below the folder, with forward slashes
 * @param folder by what it is, which is not always where it lies
 * @param licence as the folder's list of sources says, else {@code unknown}
 * @param scoringOnly may it score but not train what ships?
 * @param originGroup recordings cut from one original; they stay in one split
 */
record Recording(
    Path file,
    String name,
    SoundFolder folder,
    String licence,
    boolean scoringOnly,
    String originGroup) {
  /** What records of data sets say of it. */
  Scenario.Source source() {
    return new Scenario.Source(name, licence, originGroup);
  }

  /** All but where the folder lies: what must be equal for the same seed to give the same bytes. */
  String identity() {
    return String.join("\n", name, licence, String.valueOf(scoringOnly), originGroup, "");
  }

  /**
   * The mono signal at 24 kHz, without what lies below hearing.
   *
   * @throws InputException if it cannot be read or is silent
   */
  float[] decode() {
    Audio audio = Wav.readMono(file);
    float[] mono = audio.channels()[0];
    if (audio.sampleRate() != Foa.SAMPLE_RATE) {
      mono = new Resampler(audio.sampleRate(), Foa.SAMPLE_RATE).resample(mono);
    }
    double peak = 0;
    for (float v : mono) {
      peak = Math.max(peak, Math.abs(v));
    }
    if (!(peak > 1e-5) || mono.length < Sound.FRAME) {
      throw new InputException(
          file, "is silent or shorter than 0.1 s", "take it out of the folder");
    }
    return Synth.highPass(mono, 30);
  }
}
