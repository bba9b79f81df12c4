package org.hearsight.simulator.seld;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.hearsight.core.dataset.Split;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.simulator.acoustics.Convolution;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.sound.SeldSounds;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundUse;
import org.hearsight.simulator.work.FolderClaim;
import org.hearsight.simulator.work.Seeds;

/**
 * Clips of a real room: dry recordings convolved with measured responses, one source a clip, no
 * noise added; a test split in the STARSS23 layout with true directions.
 *
 * <p>Classes come in turn, as many as have recordings; recording and response are drawn.
 *
 * @param sounds folder of recordings, one folder a class
 * @param use which of them
 * @param responses folder of {@link MeasuredResponses}
 */
public record MeasuredRoom(Path sounds, SoundUse use, Path responses, int clips, long seed) {
  private static final int SAMPLES = Foa.CLIP_SAMPLES;
  private static final double PEAK = 0.5;
  private static final ObjectMapper JSON = new ObjectMapper();

  public MeasuredRoom {
    if (clips < 1) {
      throw new InputException("clips", clips + " is less than 1", "choose 1 or more");
    }
  }

  /**
   * Writes the data set, {@code dataset.json} last.
   *
   * @throws InputException if the folder is not empty, or sounds or responses are unusable
   */
  public void write(Path folder, Progress progress) {
    FolderClaim.refuseForeign(folder);
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
        if (Thread.currentThread().isInterrupted()) {
          throw new InputException(
              folder, "stopped after " + i + " of " + clips + " clips", "start again elsewhere");
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
        clip(folder, i, className, sound, response);
        draws
            .addObject()
            .put("id", name(i))
            .put("sound", sound.source().name())
            .put("response", response.file());
        task.advance(1);
      }
    }
    header(folder, room, bank, draws);
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "fold4_room1_mix%04d", i + 1);
  }

  private static void clip(
      Path folder, int number, String className, Sound sound, MeasuredResponses.Response response) {
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    Convolution.add(sound.samples(), response.samples(), 0, foa);
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
    Trajectory way =
        Trajectory.standing(
            response.place().direction().at(response.place().distance()),
            (double) SAMPLES / Foa.SAMPLE_RATE);
    // The responses begin with the sound's travel left out, so nothing is delayed.
    boolean[] active = sound.active(0);
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
