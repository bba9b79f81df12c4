package org.hearsight.spark.imagine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Observation;

/** Rows answered with a model in batches; what is wrong with one does not touch the others. */
final class Answering {
  /** Rows that run through the networks together. */
  static final int BATCH = 16;

  private final Hearsight model;
  private final int clipSamples;
  private final Fetched files;

  /**
   * @param scratch folder for copies of files that are not on this machine
   */
  Answering(Hearsight model, Path scratch) {
    this.model = model;
    this.clipSamples = (int) Math.round(model.card().clipSeconds() * Foa.SAMPLE_RATE);
    this.files = new Fetched(scratch);
  }

  /**
   * What became of a row.
   *
   * @param answer null if it was refused
   * @param reason of the refusal, a line; else null
   */
  record Outcome(ClipRow row, Imagination answer, String reason) {}

  /**
   * Answers rows, no more than fit into memory.
   *
   * @throws InputException if the machine or the model fails; that is no row's fault
   */
  List<Outcome> answer(List<ClipRow> rows) throws IOException {
    List<ClipRow> read = new ArrayList<>();
    List<Observation> observations = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (ClipRow row : rows) {
      try {
        observations.add(read(row));
        read.add(row);
      } catch (RuntimeException e) {
        outcomes.add(new Outcome(row, null, refusal(e)));
      }
    }
    if (read.isEmpty()) {
      return outcomes;
    }
    try {
      List<Imagination> answers = model.imagine(observations);
      for (int i = 0; i < read.size(); i++) {
        outcomes.add(new Outcome(read.get(i), answers.get(i), null));
      }
    } catch (RuntimeException e) {
      if (read.size() == 1) {
        outcomes.add(new Outcome(read.get(0), null, refusal(e)));
        return outcomes;
      }
      for (ClipRow row : read) { // to find out which
        outcomes.addAll(answer(List.of(row)));
      }
    }
    return outcomes;
  }

  /**
   * Why a row is refused.
   *
   * @throws RuntimeException what is not a row's fault
   */
  private static String refusal(RuntimeException e) {
    if (e instanceof CancellationException) {
      throw e;
    }
    if (e instanceof InputException refused) {
      if (refused.fault() != InputException.Fault.INPUT) {
        throw refused;
      }
      return refused.getMessage();
    }
    return "unexpected " + e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private Observation read(ClipRow row) {
    if (row.audio() == null) {
      throw new InputException(row.id(), "audio: missing", "give the recording's path");
    }
    FoaFormat format = row.foaFormat() == null ? null : FoaFormat.of(row.foaFormat());
    Path audio = files.local(row.audio());
    Clip clip = row.from() == null ? model.read(audio, format) : window(row, audio, format);
    ViewReader.Seen seen = ViewReader.read(options(row));
    return new Observation(clip.noting(seen.notes()), seen.view());
  }

  private Clip window(ClipRow row, Path audio, FoaFormat format) {
    List<String> notes = new ArrayList<>();
    float[][] foa = Foa.readWindow(audio, format, row.from(), clipSamples, notes::add).channels();
    return new Clip(audio.toString(), foa, notes);
  }

  private ViewReader.Options options(ClipRow row) {
    ViewReader.Options options = ViewReader.Options.NOTHING;
    if (row.hfov() != null) {
      options = options.withHfovDegrees(row.hfov());
    }
    if (row.depthHfov() != null) {
      options = options.withDepthHfovDegrees(row.depthHfov());
    }
    if (row.depthScale() != null) {
      options = options.withDepthScale(row.depthScale());
    }
    if (row.occlusionLevel() != null) {
      options = options.withOcclusionLevel(row.occlusionLevel());
    }
    if (row.rgb() != null) {
      options = options.withRgb(files.local(row.rgb()));
    }
    if (row.depth() != null) {
      options = options.withDepth(files.local(row.depth()));
    }
    return row.occlusion() == null ? options : options.withOcclusion(files.local(row.occlusion()));
  }
}
