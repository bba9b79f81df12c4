package org.hearsight.datasets.occlude;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaTurn;
import org.hearsight.core.audio.IntensityDirection;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.dataset.Location;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.Starss23Layout;
import org.hearsight.core.geometry.Direction;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.seld.SeldCsv;
import org.hearsight.core.seld.SeldEvent;
import org.hearsight.core.taxonomy.Taxonomy;
import org.hearsight.core.vision.StoredView;
import org.hearsight.core.vision.View;
import org.hearsight.datasets.run.Job;
import org.hearsight.datasets.run.Rounded;
import org.hearsight.datasets.run.ScenarioEntry;
import org.hearsight.simulator.draw.Draw;
import org.hearsight.simulator.scene.Box;
import org.hearsight.simulator.scene.Cover;
import org.hearsight.simulator.scene.Hazard;
import org.hearsight.simulator.scene.HazardKind;
import org.hearsight.simulator.scene.Setting;
import org.hearsight.simulator.scene.Trajectory;

/** Makes one scenario of a window and writes its files. */
final class OcclusionMaker {
  /** An event to be seen lies so far from the middle of the view at most, degrees. */
  private static final double INSIDE = 36;

  /** One outside lies so far at least: no part of a person reaches into the view. */
  private static final double OUTSIDE = 65;

  private static final double PEAK = 0.99;

  /** What is typical of classes the simulator does not know: the size of a person. */
  private static final HazardKind ANYTHING =
      new HazardKind(
          "thing",
          0.5,
          0.5,
          1.75,
          1.2,
          80,
          0,
          0,
          0,
          15,
          HazardKind.Form.PERSON,
          0x808080,
          0xA0A0A0);

  private final Path folder;
  private final Taxonomy taxonomy;
  private final IntensityDirection intensity = new IntensityDirection();

  OcclusionMaker(Path folder, Taxonomy taxonomy) {
    this.folder = folder;
    this.taxonomy = taxonomy;
  }

  /**
   * How a scenario came about, a line of {@code draws.jsonl}.
   *
   * @param start of the window in the recording, seconds
   * @param look azimuth of the view in the recording, degrees
   * @param picture whether there was a video
   * @param wanted cover that was dealt; null for background
   * @param cover that came of it; null without a picture
   * @param tries until it was drawn
   * @param gain dB the clip was turned down against clipping by the rotation
   * @param clipLevel dB re full scale, omnidirectional channel
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record WindowFacts(
      String id,
      String recording,
      double start,
      double look,
      boolean picture,
      Cover wanted,
      Cover cover,
      Integer tries,
      double gain,
      @JsonProperty("clip_level") double clipLevel) {}

  /** Makes it. */
  ScenarioEntry make(Job<WindowPlan.Want> job, OpenRecording source) {
    Window window = job.want().window();
    Cover cover = job.want().cover();
    Draw draw = new Draw(new SplittableRandom(job.seed()));
    boolean background = window.isBackground();
    double offset =
        cover == Cover.OUTSIDE_VIEW
            ? draw.between(OUTSIDE, 180) * (draw.chance(0.5) ? 1 : -1)
            : draw.between(-INSIDE, INSIDE);
    double look =
        background ? draw.between(-180, 180) : Direction.wrap(window.end().azimuth() - offset);
    look = Math.rint(look * 100) / 100;
    Hazard body = background ? null : body(window.className(), turned(window.end(), look));
    Scenario.Files files =
        Scenario.Files.of(job.id(), job.split(), Starss23Layout.CUT, true, source.hasVideo());
    Occluders.Arrangement pasted = null;
    View view = null;
    if (source.hasVideo()) {
      pasted = occluders(body, cover, draw);
      // The label frame the end is labelled in, in its middle.
      double moment =
          (window.firstFrame() + source.windowFrames() - 0.5) / Foa.LABEL_FRAMES_PER_SECOND;
      view = PastedView.of(source.frame(moment), look, source.room(), pasted.scene());
      StoredView.write(folder, files, view);
    }
    float[][] sound = FoaTurn.left(source.window(window.firstFrame()), look);
    double gain = quieten(sound);
    Wav.write(folder.resolve(files.audio()), new Audio(Foa.SAMPLE_RATE, sound), Encoding.PCM_16);
    SeldCsv.write(folder.resolve(files.labels()), labels(window, look));
    Scenario scenario =
        new Scenario(
            job.id(),
            job.split(),
            window.className(),
            background ? null : turned(window.end(), look),
            pasted == null ? 0 : Rounded.of(pasted.visibility(), 1e6),
            view == null ? 1 : Rounded.of(view.occlusionLevel(), 1e6),
            background ? null : Rounded.of(intensity.of(sound, 0, sound[0].length)),
            job.seed(),
            List.of(
                new Scenario.Source(window.recording().stem(), "MIT", window.recording().stem())),
            files,
            null);
    return ScenarioEntry.of(
        scenario,
        new WindowFacts(
            job.id(),
            window.recording().stem(),
            (double) window.firstFrame() / Foa.LABEL_FRAMES_PER_SECOND,
            look,
            source.hasVideo(),
            background ? null : cover,
            pasted == null ? null : pasted.cover(),
            pasted == null ? null : pasted.tries(),
            Rounded.of(gain, 100),
            Rounded.of(Foa.level(sound), 100)));
  }

  /** Occluders of the body, or of a place in the view where there is none. */
  private static Occluders.Arrangement occluders(Hazard body, Cover cover, Draw draw) {
    boolean away = body == null || cover == Cover.OUTSIDE_VIEW;
    if (!away) {
      return Occluders.cover(body, cover, draw);
    }
    Location nowhere =
        new Location(draw.between(-INSIDE, INSIDE), draw.between(-20, 5), draw.between(1, 4));
    Cover like = draw.of(Cover.OCCLUDED, Cover.PARTLY, Cover.VISIBLE);
    return Occluders.around(Occluders.cover(body("voice", nowhere), like, draw).scene(), body);
  }

  /** A body of the size typical of its class, its sounding part at the labelled place. */
  private static Hazard body(String className, Location at) {
    HazardKind kind =
        HazardKind.exists(className, Setting.INDOOR)
            ? HazardKind.of(className, Setting.INDOOR)
            : ANYTHING;
    Vec3 p = at.point();
    double bottom = p.z() - kind.sourceHeight();
    Box box =
        Box.of(
            p.x() - kind.width() / 2,
            p.x() + kind.width() / 2,
            p.y() - kind.length() / 2,
            p.y() + kind.length() / 2,
            bottom,
            bottom + kind.height());
    return new Hazard(kind, box, Trajectory.standing(p, 1), kind.power());
  }

  private static Location turned(Location l, double look) {
    return Rounded.of(
        new Location(Direction.wrap(l.azimuth() - look), l.elevation(), l.distance()));
  }

  private List<SeldEvent> labels(Window window, double look) {
    int index = taxonomy.classes().indexOf(window.className());
    List<SeldEvent> labels = new ArrayList<>();
    for (SeldEvent e : window.events()) {
      labels.add(
          new SeldEvent(
              e.frame() - window.firstFrame(),
              index,
              0,
              Math.rint(Direction.wrap(e.azimuth() - look)),
              Math.rint(e.elevation()),
              e.distance()));
    }
    return labels;
  }

  /**
   * Turns a sound down where its rotation made it too loud to be written, in place.
   *
   * @return by how much, dB
   */
  private static double quieten(float[][] samples) {
    float peak = Foa.peak(samples);
    if (peak <= PEAK) {
      return 0;
    }
    float by = (float) (PEAK / peak);
    Foa.amplify(samples, by);
    return -20 * Math.log10(by);
  }
}
