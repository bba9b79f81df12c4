package org.hearsight.datasets.scenario;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Motion;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.StoredView;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.Rounded;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.simulator.acoustics.SoundPath;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.render.Renderer;
import org.hearsight.simulator.render.Rendering;
import org.hearsight.simulator.scenario.ClipSound;
import org.hearsight.simulator.scenario.SceneDraw;
import org.hearsight.simulator.scenario.Want;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.Scene;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Solid;
import org.hearsight.simulator.scene.Trajectory;
import org.hearsight.simulator.seld.LabelledSource;
import org.hearsight.simulator.sound.SoundBank;

/** Makes one scenario and writes its files. */
final class ScenarioMaker {
  private static final double MAP_STEP = 0.5;

  private final Path folder;
  private final SoundBank bank;
  private final Taxonomy taxonomy;
  private final double seconds;
  private final StageTimes times;

  /**
   * @param bank of sounds; null to make pictures only
   */
  ScenarioMaker(Path folder, SoundBank bank, Taxonomy taxonomy, double seconds, StageTimes times) {
    this.folder = folder;
    this.bank = bank;
    this.taxonomy = taxonomy;
    this.seconds = seconds;
    this.times = times;
  }

  /**
   * How a scenario came about, a line of {@code draws.jsonl}; without sound the levels and paths
   * are null.
   *
   * @param relaxed was another cover than wanted taken, because none was found in time?
   * @param power sound power level of the hazard, dB re 1 pW
   * @param hazardLevel at the microphone over the whole clip, dB SPL
   * @param harmlessLevel of the harmless sound of background, at the microphone, dB SPL
   * @param ambienceLevel at the microphone, dB SPL; null if the ambience drawn is silent or none is
   * @param preamp gain of the recording device, dB
   * @param gain dB the clip was turned down against clipping
   * @param clipLevel of the clip as it is stored, dB re full scale, omnidirectional channel
   * @param strongest what way the strongest arrival at the end of the clip took
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SceneFacts(
      String id,
      Setting setting,
      String layout,
      Cover cover,
      boolean relaxed,
      int tries,
      Motion motion,
      Double speed,
      Double power,
      @JsonProperty("hazard_level") Double hazardLevel,
      @JsonProperty("harmless_level") Double harmlessLevel,
      @JsonProperty("ambience_level") Double ambienceLevel,
      @JsonProperty("noise_level") Double noiseLevel,
      Double preamp,
      Double gain,
      @JsonProperty("clip_level") Double clipLevel,
      SoundPath.Kind strongest,
      Integer paths) {}

  /** Makes it. */
  ScenarioEntry make(Job<Want> job) {
    return Draw.from(job.seed(), draw -> make(job, draw));
  }

  private ScenarioEntry make(Job<Want> job, Draw draw) {
    Want want = job.want();
    long start = System.nanoTime();
    SceneDraw.DrawnScene drawn = SceneDraw.draw(want, seconds, draw);
    long placed = times.add(StageTimes.Stage.SCENE, start);
    ClipSound sound =
        bank == null ? null : ClipSound.of(drawn.scene(), bank, job.split(), seconds, draw);
    long sounded = times.add(StageTimes.Stage.SOUND, placed);
    Rendering picture = Renderer.render(drawn.scene());
    long rendered = times.add(StageTimes.Stage.PICTURE, sounded);
    Scenario.Files files =
        Scenario.Files.of(job.id(), job.split(), Starss23Layout.SIMULATED, bank != null, true);
    write(files, drawn.scene(), sound, picture, taxonomy.classes().indexOf(want.className()));
    times.add(StageTimes.Stage.WRITE, rendered);
    return ScenarioEntry.of(
        scenario(job, drawn, sound, picture, files), facts(job.id(), drawn, sound));
  }

  private void write(
      Scenario.Files files, Scene scene, ClipSound sound, Rendering picture, int classIndex) {
    if (files.audio() != null) {
      Audio audio = new Audio(Foa.SAMPLE_RATE, sound.samples());
      Wav.write(folder.resolve(files.audio()), audio, Encoding.PCM_16);
      Hazard hazard = scene.hazard();
      SeldCsv.write(
          folder.resolve(files.labels()),
          hazard == null
              ? List.of()
              : LabelledSource.labels(
                  List.of(new LabelledSource(classIndex, 0, hazard.way(), sound.active()))));
    }
    StoredView.write(folder, files, picture.rgb(), picture.depth(), picture.occlusion());
  }

  private static Scenario scenario(
      Job<Want> job,
      SceneDraw.DrawnScene drawn,
      ClipSound sound,
      Rendering picture,
      Scenario.Files files) {
    Hazard hazard = drawn.scene().hazard();
    return new Scenario(
        job.id(),
        job.split(),
        job.want().className(),
        hazard == null ? null : Rounded.of(Location.of(hazard.way().end())),
        Rounded.of(drawn.visibility(), 1e6),
        Rounded.of(picture.occlusionLevel(), 1e6),
        sound == null || sound.heard() == null ? null : Rounded.of(sound.heard().apparent()),
        job.seed(),
        sound == null ? List.of() : sound.sources(),
        sound == null ? null : sound.unknown(),
        hazard == null || sound == null ? null : Rounded.of(sound.signalToNoise(), 100),
        files,
        map(drawn.scene()));
  }

  private static SceneFacts facts(String id, SceneDraw.DrawnScene drawn, ClipSound sound) {
    Hazard hazard = drawn.scene().hazard();
    boolean none = hazard == null;
    boolean silent = sound == null;
    return new SceneFacts(
        id,
        drawn.scene().setting(),
        drawn.scene().kind(),
        drawn.cover(),
        drawn.relaxed(),
        drawn.tries(),
        none ? null : hazard.way().motion(),
        none ? null : Rounded.of(hazard.way().speed(), 100),
        none ? null : Rounded.of(hazard.power(), 100),
        none || silent ? null : Rounded.of(sound.hazardLevel(), 100),
        silent || Double.isNaN(sound.harmlessLevel())
            ? null
            : Rounded.of(sound.harmlessLevel(), 100),
        silent || Double.isInfinite(sound.ambienceLevel())
            ? null
            : Rounded.of(sound.ambienceLevel(), 100),
        silent ? null : Rounded.of(sound.noiseLevel(), 100),
        silent ? null : Rounded.of(sound.preamp(), 100),
        silent ? null : Rounded.of(sound.gain(), 100),
        silent ? null : Rounded.of(sound.clipLevel(), 100),
        none || silent ? null : sound.heard().strongest(),
        none || silent ? null : sound.heard().paths());
  }

  private static Scenario.SceneMap map(Scene scene) {
    List<Scenario.Footprint> obstacles =
        scene.solids().stream()
            .filter(s -> s.kind() != Solid.Kind.CEILING)
            .map(
                s -> {
                  Vec3 low = s.box().min();
                  Vec3 high = s.box().max();
                  return new Scenario.Footprint(
                      s.label(),
                      Rounded.of(low.x(), 1000),
                      Rounded.of(low.y(), 1000),
                      Rounded.of(high.x(), 1000),
                      Rounded.of(high.y(), 1000),
                      Rounded.of(high.z() - low.z(), 1000));
                })
            .toList();
    List<double[]> path = new ArrayList<>();
    if (scene.hazard() != null) {
      Trajectory way = scene.hazard().way();
      int steps = way.speed() == 0 ? 0 : (int) Math.ceil(way.seconds() / MAP_STEP);
      for (int i = 0; i <= steps; i++) {
        Vec3 p = way.at(steps == 0 ? way.seconds() : way.seconds() * i / steps);
        path.add(new double[] {Rounded.of(p.x(), 1000), Rounded.of(p.y(), 1000)});
      }
    }
    return new Scenario.SceneMap(
        scene.kind(), Rounded.of(scene.egoHeight(), 1000), obstacles, path);
  }
}
