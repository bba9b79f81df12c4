package org.hearsight.datasets.seld;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Split;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.Json;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.datasets.run.DatasetRun;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.PieceMaker;
import org.hearsight.simulator.acoustics.Calibration;
import org.hearsight.simulator.acoustics.Convolution;
import org.hearsight.simulator.acoustics.DiffuseField;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.seld.LabelledSource;
import org.hearsight.simulator.sound.LabelFrames;
import org.hearsight.simulator.sound.Sound;
import org.hearsight.simulator.sound.SoundBank;
import org.hearsight.simulator.sound.SoundClass;

/**
 * Clips of a real room: dry recordings convolved with measured responses, one source a clip; a test
 * split in the {@link Starss23Layout} with true directions.
 *
 * <p>Classes come in turn, as many as have recordings; recording and response are drawn. Each clip
 * has a seed of its own, so the result depends neither on the number of workers nor on
 * interruptions.
 */
public final class MeasuredRoom implements SeldRecipe<SoundClass> {
  /** Raised when the same seed gives other bytes than before. */
  private static final String GENERATOR_VERSION = "2";

  private static final int SAMPLES = Foa.CLIP_SAMPLES;
  private static final double PEAK = 0.5;
  private static final double SILENCE = 1e-9;

  private final MeasuredConfig config;
  private final Path folder;
  private final MeasuredResponses room;
  private final SoundBank bank;
  private final List<SoundClass> classes;

  private MeasuredRoom(MeasuredConfig config, Path folder, Progress progress) {
    this.config = config;
    this.folder = folder;
    this.room = MeasuredResponses.read(config.responses(), config.format(), progress::note);
    this.bank =
        SoundBank.forClips(
            config.sounds(),
            config.use(),
            config.use(),
            config.run().sizes(),
            config.run().seed(),
            progress);
    this.classes =
        Stream.of(SoundClass.values()).filter(c -> !bank.sources(Split.TEST, c).isEmpty()).toList();
    if (classes.isEmpty()) {
      throw new InputException(
          config.sounds(), "holds no recording of this use", "choose another use");
    }
  }

  /**
   * Makes the data set, as {@link DatasetRun#write}.
   *
   * @throws InputException as there, or if sounds or responses are unusable
   */
  public static void generate(MeasuredConfig config, Path folder, Progress progress) {
    MeasuredRoom measured = new MeasuredRoom(config, folder, progress);
    DatasetRun.write(folder, measured, config.run().workers(), progress);
  }

  @Override
  public String command() {
    return "simulate-measured";
  }

  @Override
  public String verb() {
    return "convolve";
  }

  @Override
  public List<Job<SoundClass>> jobs() {
    return IntStream.range(0, config.run().test())
        .mapToObj(
            i -> Job.of(config.run().seed(), Split.TEST, i, 1, 4, classes.get(i % classes.size())))
        .toList();
  }

  @Override
  public PieceMaker<SoundClass, SeldEntry> maker() {
    return this::clip;
  }

  private SeldEntry clip(Job<SoundClass> job) {
    Draw draw = new Draw(new SplittableRandom(job.seed()));
    Sound sound = bank.asRecorded(job.want(), Split.TEST, SAMPLES, draw);
    MeasuredResponses.Response response = room.responses().get(draw.index(room.responses().size()));
    List<Scenario.Source> used = new ArrayList<>(List.of(sound.source()));
    float[][] foa = new float[Foa.CHANNELS][SAMPLES];
    Convolution.add(sound.samples(), 0, response.samples(), 0, foa);
    if (Double.isFinite(config.snr())) {
      Sound ambience = bank.ambience(Setting.INDOOR, Split.TEST, SAMPLES, draw);
      double level = Calibration.decibels(rms(foa[Foa.W], active(sound))) - config.snr();
      if (DiffuseField.add(ambience.samples(), foa, level, draw.random()) == level) {
        used.add(ambience.source());
      }
    }
    Foa.amplify(foa, (float) (PEAK / Math.max(SILENCE, Foa.peak(foa))));
    return SeldEntry.write(
        folder,
        job,
        Starss23Layout.MEASURED,
        Map.of("response", response.file()),
        used,
        foa,
        labels(job.want(), sound, response));
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

  private List<SeldEvent> labels(
      SoundClass soundClass, Sound sound, MeasuredResponses.Response response) {
    boolean heard = config.directions() == MeasuredConfig.Directions.HEARD;
    Location place = heard ? response.heard() : response.place();
    Trajectory way = Trajectory.standing(place.point(), (double) SAMPLES / Foa.SAMPLE_RATE);
    return LabelledSource.labels(
        List.of(new LabelledSource(soundClass.index(), 0, way, active(sound))));
  }

  @Override
  public ObjectNode header() {
    ObjectNode generator = Json.object();
    generator.put("name", "hearsight-measured-room").put("version", GENERATOR_VERSION);
    generator.put("clips", config.run().test());
    generator.put("responses", room.name());
    generator.put("responses_sha256", room.fingerprint());
    generator.put("sounds", bank.fingerprint());
    generator.set("sounds_use", Json.tree(config.use()));
    generator.set("directions", Json.tree(config.directions()));
    if (Double.isFinite(config.snr())) {
      generator.put("snr_db", config.snr());
    }
    ObjectNode header = SeldRecipe.header(generator, config.run().seed());
    boolean heard = config.directions() == MeasuredConfig.Directions.HEARD;
    ObjectNode unused =
        header
            .withObject("conventions")
            .put("direction", heard ? "of the direct sound" : "as listed");
    return header;
  }
}
