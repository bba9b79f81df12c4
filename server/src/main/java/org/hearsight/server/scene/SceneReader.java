package org.hearsight.server.scene;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.ScratchFolder;
import org.hearsight.core.file.Sha256;
import org.hearsight.core.vision.Picture;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.work.Scene;
import org.hearsight.server.work.Sight;
import org.hearsight.server.work.Sights;

/** Decodes the sound and the pictures of a request, as {@code imagine} decodes files. */
public final class SceneReader {
  private final Hearsight hearsight;
  private final Sights sights;
  private final Limits limits;
  private final boolean allFormats;

  /**
   * @param sights views that need not be decoded again
   * @param allFormats whether sound may be of formats that native code reads
   */
  public SceneReader(Hearsight hearsight, Sights sights, Limits limits, boolean allFormats) {
    this.hearsight = hearsight;
    this.sights = sights;
    this.limits = limits;
    this.allFormats = allFormats;
  }

  /**
   * Reads a scene.
   *
   * @throws Problem naming the field that is wrong
   */
  public Scene scene(Fields fields) {
    if (fields.file(Fields.AUDIO) == null) {
      throw bad(Fields.AUDIO + ": missing; send a recording of four channels");
    }
    Sight sight = sight(fields);
    return new Scene(clip(fields).noting(sight.notes()), sight);
  }

  /**
   * Reads what the camera sees; a view that is blind where nothing is said of one.
   *
   * @throws Problem naming the field that is wrong
   */
  public Sight sight(Fields fields) {
    String named = fields.text(Fields.VIEW);
    if (named != null) {
      return known(named, fields);
    }
    ViewReader.Options options = options(fields);
    String id = id(fields, options);
    Sight known = sights.get(id);
    if (known != null) {
      return known;
    }
    try {
      ViewReader.Seen seen = ViewReader.read(withPictures(options, fields));
      return Sight.of(id, seen.view(), seen.notes());
    } catch (InputException e) {
      throw Problem.of(e);
    }
  }

  private Sight known(String id, Fields fields) {
    boolean pictures =
        fields.files().keySet().stream().anyMatch(name -> !name.equals(Fields.AUDIO));
    if (pictures || fields.texts().keySet().stream().anyMatch(SceneReader::isOfCamera)) {
      throw bad("view: names a view that was sent before; leave pictures and camera out");
    }
    Sight known = sights.get(id);
    if (known == null) {
      throw new Problem(
          Problem.Kind.UNPROCESSABLE, "view: is not known, or not any more; send its pictures");
    }
    return known;
  }

  private static boolean isOfCamera(String name) {
    return !name.equals(Fields.VIEW) && !name.equals(Fields.FOA_FORMAT);
  }

  private static ViewReader.Options options(Fields fields) {
    try {
      ViewReader.Options options = ViewReader.Options.NOTHING;
      Double hfov = fields.number(Fields.HFOV);
      options = hfov == null ? options : options.withHfovDegrees(hfov);
      Double scale = fields.number(Fields.DEPTH_SCALE);
      options = scale == null ? options : options.withDepthScale(scale);
      Double depthHfov = fields.number(Fields.DEPTH_HFOV);
      if (depthHfov != null && fields.file(Fields.DEPTH) == null) {
        throw bad("depth_hfov: there is no depth; send it, too");
      }
      options = depthHfov == null ? options : options.withDepthHfovDegrees(depthHfov);
      Double level = fields.number(Fields.OCCLUSION_LEVEL);
      return level == null ? options : options.withOcclusionLevel(level);
    } catch (InputException e) {
      throw bad(e.getMessage());
    }
  }

  private static String id(Fields fields, ViewReader.Options options) {
    Sha256 sum = new Sha256().add(options.toString());
    for (String name : List.of(Fields.RGB, Fields.DEPTH, Fields.OCCLUSION)) {
      byte[] file = fields.file(name);
      sum.add(name + (file == null ? -1 : file.length) + ";");
      sum.add(file == null ? new byte[0] : file);
    }
    return sum.hex().substring(0, 32);
  }

  private ViewReader.Options withPictures(ViewReader.Options values, Fields fields) {
    ViewReader.Options options = values;
    options = fields.file(Fields.RGB) == null ? options : options.withRgb(pic(Fields.RGB, fields));
    options =
        fields.file(Fields.DEPTH) == null ? options : options.withDepth(pic(Fields.DEPTH, fields));
    return fields.file(Fields.OCCLUSION) == null
        ? options
        : options.withOcclusion(pic(Fields.OCCLUSION, fields));
  }

  private Picture pic(String name, Fields fields) {
    return new Picture(name, fields.file(name), limits.pixels());
  }

  /** Sound is decoded from files; this one is nobody else's and gone before the answer. */
  private Clip clip(Fields fields) {
    FoaFormat format = format(fields.text(Fields.FOA_FORMAT));
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Path file = scratch.path().resolve(Fields.AUDIO);
      try {
        Files.write(file, fields.file(Fields.AUDIO));
        requireOwn(file);
        requireShort(Foa.length(file, format));
        Clip clip = hearsight.read(file, format);
        return new Clip(
            Fields.AUDIO, clip.foa(), clip.notes().stream().map(n -> named(n, file)).toList());
      } catch (InputException e) {
        Problem problem = Problem.of(e);
        throw new Problem(problem.kind(), named(problem.getMessage(), file));
      } catch (IOException e) {
        throw Problem.later(Problem.Kind.UNAVAILABLE, "audio: cannot be kept to be read", 10);
      }
    }
  }

  private static String named(String text, Path file) {
    return text.replace(file.toString(), Fields.AUDIO);
  }

  private void requireOwn(Path file) {
    if (!allFormats && !SoundFile.isOwn(file)) {
      throw new Problem(
          Problem.Kind.UNSUPPORTED,
          "audio: is not WAV; convert it, or start the server with --all-formats");
    }
  }

  private void requireShort(long samples) {
    double seconds = samples / (double) Foa.SAMPLE_RATE;
    if (seconds > limits.soundSeconds()) {
      throw new Problem(
          Problem.Kind.TOO_LARGE,
          String.format(
              Locale.ROOT,
              "audio: duration: %.1f s, at most %d s; the end is judged, send that",
              seconds,
              limits.soundSeconds()));
    }
  }

  /**
   * The format that somebody names; null if nobody does.
   *
   * @throws Problem 400 if there is none of this name, or it would be read from a file of ours
   */
  public static FoaFormat format(String words) {
    if (words == null) {
      return null;
    }
    try {
      Optional<Path> file = FoaFormat.file(words);
      if (file.isPresent()) {
        throw bad("foa_format: names a file, which a request cannot; name a known microphone");
      }
      return FoaFormat.of(words);
    } catch (IllegalArgumentException e) {
      throw bad("foa_format: " + e.getMessage());
    }
  }

  private static Problem bad(String detail) {
    return new Problem(Problem.Kind.BAD_REQUEST, detail);
  }
}
