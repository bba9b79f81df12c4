package org.hearsight.app.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import org.hearsight.core.audio.PcmLayout;
import org.hearsight.core.error.InputException;

/** A device of this machine that captures sound. */
public final class Device {
  private static final int BITS = 16;

  private Device() {}

  /**
   * Opens a device.
   *
   * @param name of it, or a part of its name in any case
   * @param layout asked of it, with samples of 16 bits
   * @throws InputException if there is none of that name, or it does not capture so
   */
  public static SoundSource open(String name, PcmLayout layout) {
    AudioFormat format = new AudioFormat(layout.rate(), BITS, layout.channels(), true, false);
    DataLine.Info wanted = new DataLine.Info(TargetDataLine.class, format);
    List<String> others = new ArrayList<>();
    for (Mixer.Info info : AudioSystem.getMixerInfo()) {
      Mixer mixer = AudioSystem.getMixer(info);
      boolean captures =
          Arrays.stream(mixer.getTargetLineInfo()).anyMatch(DataLine.Info.class::isInstance);
      if (captures) {
        others.add(info.getName());
      }
      if (captures && info.getName().toLowerCase(Locale.ROOT).contains(lower(name))) {
        return queue -> capture(mixer, wanted, format, name, layout).run(queue);
      }
    }
    throw InputException.environment(
        "--device",
        "no device called '" + name + "' captures sound",
        others.isEmpty()
            ? "there is none that Java sees; pipe the sound into --audio - (docs/listen.md)"
            : "give one of " + String.join(", ", others));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static SoundSource capture(
      Mixer mixer, DataLine.Info wanted, AudioFormat format, String name, PcmLayout layout) {
    return queue -> {
      try (TargetDataLine line = (TargetDataLine) mixer.getLine(wanted)) {
        line.open(format, layout.rate() * format.getFrameSize());
        line.start();
        new PcmSource(new AudioInputStream(line), name, layout, true).run(queue);
      } catch (LineUnavailableException | IllegalArgumentException e) {
        throw InputException.environment(
            "--device",
            "'%s' does not capture %d channels of %d bits at %d Hz"
                .formatted(name, layout.channels(), BITS, layout.rate()),
            "give its own --rate, close what else uses it, or pipe the sound into --audio -",
            e);
      }
    };
  }
}
