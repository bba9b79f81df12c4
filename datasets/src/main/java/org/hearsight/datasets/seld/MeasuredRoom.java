package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Seeds;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.Convolution;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.seld.LabelledSource;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.SeldSounds;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundUse;

/**
 * Clips of a real room: dry recordings convolved with measured responses, one source a clip; a test
 * split in the STARSS23 layout with true directions.
 *
 * <p>Classes come in turn, as many as have recordings; recording and response are drawn. Each clip
 * has a seed of its own, so the result depends neither on the number of workers nor on
 * interruptions.
 *
 * @param sounds folder of recordings, one folder a class
 * @param use which of them
 * @param responses folder of {@link MeasuredResponses}
 * @param directions what the labels say
 * @param snr of the source, while it sounds, over a room's ambience from all around, dB; infinite
 *     for none
 * @param workers threads; does not change what comes out
 */
public record MeasuredRoom(
    Path sounds,
    SoundUse use,
    Path responses,
    Directions directions,
    double snr,
    int clips,
    long seed,
    int workers) {
  /** Where a source is said to be. */
  public enum Directions {
    /** Where the list of the responses puts the loudspeaker. */
    LISTED,
    /** Where the response's direct sound comes from. */
    HEARD
  }

  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "2";

  private static final int SAMPLES = Foa.CLIP_SAMPLES;
  private static final double PEAK = 0.5;
  private static final ObjectMapper JSON = new ObjectMapper();

  public MeasuredRoom {
    if (clips < 1) {
      throw new InputException("clips", clips + " is less than 1", "choose 1 or more");
    }
    if (workers < 1) {
      throw new InputException("workers", workers + " is less than 1", "choose 1 or more");
    }
    if (Double.isNaN(snr) || snr < -60) {
      throw new InputException("snr", snr + " is out of range", "choose -60 dB or more");
    }
  }

  /**
   * Makes the data set.
   *
   * <p>An unfinished folder of the same options is completed; a finished one is left as it is. If
   * the calling thread is interrupted, the clips in work are finished and the rest is left for the
   * next call.
   *
   * @throws InputException if the folder holds something else or cannot be written, or sounds or
   *     responses are unusable
   */
  public void write(Path folder, Progress progress) {
    MeasuredResponses room = MeasuredResponses.read(responses);
    SeldSounds bank =
        SeldSounds.of(
            sounds,
            Map.of(Split.TRAIN, 0, Split.VALIDATION, 0, Split.TEST, clips),
            use,
            use,
            seed,
            progress);
    List<String> classes =
        SeldSounds.CLASSES.stream().filter(c -> !bank.sources(Split.TEST, c).isEmpty()).toList();
    if (classes.isEmpty()) {
      throw new InputException(sounds, "holds no recording of this use", "choose another use");
    }
    try (DatasetRun<SeldEntry> run =
            DatasetRun.begin(folder, "simulate-measured", header(room, bank), SeldEntry.class);
        Progress.Task task = progress.begin("convolve", clips)) {
      if (!run.isFinished()) {
        List<SeldEntry> entries =
            run.make(
                "clips",
                IntStream.range(0, clips).mapToObj(MeasuredRoom::name).toList(),
                i -> clip(folder, i, classes.get(i % classes.size()), room, bank),
                workers,
                task);
        run.finish(SeldEntry.recordings(entries), SeldEntry.lists(entries));
      }
    }
  }

  private SeldEntry clip(
      Path folder, int number, String className, MeasuredResponses room, SeldSounds bank) {
    Draw draw = new Draw(new SplittableRandom(Seeds.of(seed, Split.TEST, number)));
    Sound sound = bank.asRecorded(className, Split.TEST, SAMPLES, draw);
    MeasuredResponses.Response response = room.responses().get(draw.index(room.responses().size()));
    ObjectNode drawn = JSON.createObjectNode().put("response", response.file());
    List<Scenario.Source> used = new ArrayList<>(List.of(sound.source()));
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    Convolution.add(sound.samples(), response.samples(), 0, foa);
    if (Double.isFinite(snr)) {
      Sound ambience = bank.ambience(Setting.INDOOR, Split.TEST, SAMPLES, draw);
      double level = Calibration.decibels(rms(foa[Foa.W], active(sound))) - snr;
      if (DiffuseField.add(ambience.samples(), foa, level, draw.random()) == level) {
        used.add(ambience.source());
      }
    }
    SeldEntry entry = SeldEntry.of(name(number), Split.TEST, Starss23Layout.MEASURED, drawn, used);
    scale(foa);
    entry.write(folder, foa, labels(className, sound, response));
    return entry;
  }

  private static String name(int i) {
    return Starss23Layout.name(Split.TEST, 1, i + 1, 4);
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

  private static void scale(float[][] foa) {
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
  }

  private List<SeldEvent> labels(
      String className, Sound sound, MeasuredResponses.Response response) {
    Location place = directions == Directions.HEARD ? response.heard() : response.place();
    Trajectory way = Trajectory.standing(place.point(), (double) SAMPLES / Foa.SAMPLE_RATE);
    int index = SeldSounds.CLASSES.indexOf(className);
    return LabelledSource.labels(List.of(new LabelledSource(index, 0, way, active(sound))));
  }

  private ObjectNode header(MeasuredResponses room, SeldSounds bank) {
    ObjectNode header = SeldEntry.header("hearsight-measured-room", GENERATOR_VERSION);
    ObjectNode generator = (ObjectNode) header.get("generator");
    generator.put("clips", clips);
    generator.put("responses", room.name());
    generator.put("responses_sha256", room.fingerprint());
    generator.put("sounds", bank.fingerprint());
    generator.set("sounds_use", JSON.valueToTree(use));
    generator.set("directions", JSON.valueToTree(directions));
    if (Double.isFinite(snr)) {
      generator.put("snr_db", snr);
    }
    header.put("seed", seed);
    SeldEntry.conventions(header)
        .put("direction", directions == Directions.HEARD ? "of the direct sound" : "as listed");
    return header;
  }
}
