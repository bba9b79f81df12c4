package org.hearsight.simulator.seld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.Convolution;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.SeldSounds;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundUse;
import org.hearsight.simulator.work.FolderClaim;
import org.hearsight.simulator.work.Seeds;

/**
 * Clips of a real room: dry recordings convolved with measured responses, one source a clip; a test
 * split in the STARSS23 layout with true directions.
 *
 * <p>Classes come in turn, as many as have recordings; recording and response are drawn.
 *
 * @param sounds folder of recordings, one folder a class
 * @param use which of them
 * @param responses folder of {@link MeasuredResponses}
 * @param directions what the labels say
 * @param snr of the source, while it sounds, over a room's ambience from all around, dB; infinite
 *     for none
 */
public record MeasuredRoom(
    Path sounds,
    SoundUse use,
    Path responses,
    Directions directions,
    double snr,
    int clips,
    long seed) {
  /** Where a source is said to be. */
  public enum Directions {
    /** Where the list of the responses puts the loudspeaker. */
    LISTED,
    /** Where the response's direct sound comes from. */
    HEARD
  }

  private static final int SAMPLES = Foa.CLIP_SAMPLES;
  private static final double PEAK = 0.5;
  private static final ObjectMapper JSON = new ObjectMapper();

  public MeasuredRoom {
    if (clips < 1) {
      throw new InputException("clips", clips + " is less than 1", "choose 1 or more");
    }
    if (Double.isNaN(snr) || snr < -60) {
      throw new InputException("snr", snr + " is out of range", "choose -60 dB or more");
    }
  }

  /**
   * Writes the data set, {@code dataset.json} last. Stopped or refused, nothing of it stays.
   *
   * @throws InputException if the folder is not empty, or sounds or responses are unusable
   */
  public void write(Path folder, Progress progress) {
    FolderClaim.refuseForeign(folder);
    boolean there = Files.exists(folder);
    try {
      writeInto(folder, progress);
    } catch (RuntimeException e) {
      FolderClaim.giveUp(folder, !there);
      throw e;
    }
  }

  private void writeInto(Path folder, Progress progress) {
    MeasuredResponses room = MeasuredResponses.read(responses);
    SeldSounds bank =
        SeldSounds.of(
            sounds,
            Map.of(Split.TRAIN, 0, Split.VALIDATION, 0, Split.TEST, clips),
            use,
            use,
            seed,
            progress);
    ArrayNode draws = JSON.createArrayNode();
    try (Progress.Task task = progress.begin("convolve", clips)) {
      int turn = 0;
      for (int i = 0; i < clips; i++) {
        if (Stop.isAsked()) {
          throw new InputException(
              folder, "stopped after " + i + " of " + clips + " clips", "start again");
        }
        Draw draw = new Draw(new SplittableRandom(Seeds.of(seed, Split.TEST, i)));
        Sound sound = null;
        String className = null;
        for (int tries = 0; sound == null; tries++, turn++) {
          if (tries == SeldSounds.COUNT_OF_CLASSES) {
            throw new InputException(
                sounds, "holds no recording of this use", "choose another use");
          }
          className = SeldSounds.CLASSES.get(turn % SeldSounds.COUNT_OF_CLASSES);
          sound = bank.asRecorded(className, Split.TEST, SAMPLES, draw);
        }
        MeasuredResponses.Response response =
            room.responses().get(draw.index(room.responses().size()));
        ObjectNode drawn =
            draws
                .addObject()
                .put("id", name(i))
                .put("sound", sound.source().name())
                .put("response", response.file());
        float[][] foa = new float[Foa.CHANNELS][SAMPLES];
        Convolution.add(sound.samples(), response.samples(), 0, foa);
        if (Double.isFinite(snr)) {
          Sound ambience = bank.ambience(Setting.INDOOR, Split.TEST, SAMPLES, draw);
          double level = Calibration.decibels(rms(foa[Foa.W], active(sound))) - snr;
          if (DiffuseField.add(ambience.samples(), foa, level, draw.random()) == level) {
            drawn.put("ambience", ambience.source().name());
          }
        }
        clip(folder, i, className, sound, foa, response);
        task.advance(1);
      }
    }
    header(folder, room, bank, draws);
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "fold4_room1_mix%04d", i + 1);
  }

  /** The responses begin with the sound's travel left out, so nothing is delayed. */
  private static boolean[] active(Sound sound) {
    return LabelFrames.heard(sound.samples(), 0, t -> 0, SAMPLES / Foa.LABEL_FRAME_SAMPLES);
  }

  /** While it sounds; the same in whatever unit the samples are. */
  private static double rms(float[] w, boolean[] active) {
    double sum = 1e-30;
    int count = 0;
    for (int i = 0; i < w.length; i++) {
      if (active[i / Foa.LABEL_FRAME_SAMPLES]) {
        sum += (double) w[i] * w[i];
        count++;
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  }

  private void clip(
      Path folder,
      int number,
      String className,
      Sound sound,
      float[][] foa,
      MeasuredResponses.Response response) {
    double peak = 1e-9;
    for (float[] channel : foa) {
      for (float v : channel) {
        peak = Math.max(peak, Math.abs(v));
      }
    }
    for (float[] channel : foa) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] *= (float) (PEAK / peak);
      }
    }
    Wav.write(
        folder.resolve("foa_dev/dev-test-room/" + name(number) + ".wav"),
        new Audio(Foa.SAMPLE_RATE, foa),
        Encoding.PCM_16);
    int frames = SAMPLES / Foa.LABEL_FRAME_SAMPLES;
    Location place = directions == Directions.HEARD ? response.heard() : response.place();
    Trajectory way = Trajectory.standing(place.point(), (double) SAMPLES / Foa.SAMPLE_RATE);
    boolean[] active = active(sound);
    Event event = new Event(SeldSounds.CLASSES.indexOf(className), 0, way, active);
    List<String> lines = new ArrayList<>();
    for (int f = 0; f < frames; f++) {
      if (active[f]) {
        lines.add(event.label(f, 0) + "\n");
      }
    }
    AtomicFile.writeText(
        folder.resolve("metadata_dev/dev-test-room/" + name(number) + ".csv"),
        String.join("", lines));
  }

  private void header(Path folder, MeasuredResponses room, SeldSounds bank, ArrayNode draws) {
    ObjectNode header = JSON.createObjectNode();
    header.put("format_version", SeldSimulator.FORMAT_VERSION);
    header.put("kind", "seld");
    header.set("classes", JSON.valueToTree(SeldSounds.CLASSES));
    ObjectNode generator = header.putObject("generator");
    generator.put("name", "hearsight-measured-room");
    generator.put("clips", clips);
    generator.put("responses", room.name());
    generator.put("sounds", bank.fingerprint());
    generator.set("sounds_use", JSON.valueToTree(use));
    generator.set("directions", JSON.valueToTree(directions));
    if (Double.isFinite(snr)) {
      generator.put("snr_db", snr);
    }
    header.put("seed", seed);
    header.set("clips", draws);
    try {
      AtomicFile.writeText(
          folder.resolve("dataset.json"),
          JSON.writerWithDefaultPrettyPrinter().writeValueAsString(header) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("header cannot be serialised", e);
    }
  }
}
