package org.hearsight.server.api;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.SplittableRandom;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.problem.Problem;
import org.hearsight.server.work.MicroBatches;
import org.hearsight.server.work.Outcome;
import org.hearsight.server.work.Scene;
import org.hearsight.server.work.SceneAnswers;
import org.hearsight.server.work.Sight;
import org.hearsight.server.work.Sights;

/** Answers for scenes of all requests, in batches; ready after the first one. */
public final class Answering implements AutoCloseable {
  private static final int LARGEST_BATCH = 16;

  /** Nobody waits yet; a machine may be slow. */
  private static final int WARM_UP_SECONDS = 600;

  private final MicroBatches<Scene, Imagination> batches;
  private final Limits limits;
  private final Hearsight hearsight;
  private volatile boolean ready;

  /**
   * @param sights keeps what was looked at
   */
  public Answering(Hearsight hearsight, Sights sights, Limits limits, MeterRegistry meters) {
    DistributionSummary sizes =
        DistributionSummary.builder("hearsight.batch.scenes")
            .description("Scenes that were answered together")
            .serviceLevelObjectives(1, 2, 4, 8, LARGEST_BATCH)
            .register(meters);
    this.hearsight = hearsight;
    this.limits = limits;
    this.batches =
        new MicroBatches<>(
            new SceneAnswers(hearsight, sights)::of, LARGEST_BATCH, limits.queue(), sizes::record);
    Gauge.builder("hearsight.queue.scenes", batches, MicroBatches::waiting)
        .description("Scenes that wait for the model")
        .register(meters);
  }

  /** Answers once with both senses, so that the first client does not wait for lazy starts. */
  public void warmUp() {
    SplittableRandom random = new SplittableRandom(1);
    int samples = (int) Math.round(hearsight.card().clipSeconds() * Foa.SAMPLE_RATE);
    float[][] foa = new float[Foa.CHANNELS][samples];
    for (float[] channel : foa) {
      for (int i = 0; i < samples; i++) {
        channel[i] = (float) random.nextDouble(-0.1, 0.1);
      }
    }
    int plane = View.SIZE * View.SIZE;
    View gray = new View(new float[3 * plane], new float[plane], new float[plane], 0.5f);
    Scene scene = new Scene(Clip.of(foa, Foa.SAMPLE_RATE), Sight.of("warm-up", gray, List.of()));
    Imagination unused = batches.outcomes(List.of(scene), WARM_UP_SECONDS).get(0).orThrow();
    ready = true;
  }

  /** Was there a first answer? */
  public boolean isReady() {
    return ready;
  }

  /**
   * Answers for scenes, an outcome each.
   *
   * @throws Problem if there is no room for them
   */
  public List<Outcome<Imagination>> answer(List<Scene> scenes) {
    return batches.outcomes(scenes, limits.answerSeconds());
  }

  /** Answers what waits, and ends. */
  @Override
  public void close() {
    ready = false;
    batches.close();
  }
}
