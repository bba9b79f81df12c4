package org.hearsight.inference.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hearsight.core.vision.View;
import org.hearsight.inference.sweep.Damage.Step;

/** What goes wrong with the view. */
final class ViewDamages {
  private static final int SIZE = View.SIZE;

  private ViewDamages() {}

  static List<Damage> all() {
    return List.of(
        level("occlusion-high", "the level of occlusion is said too high", 1),
        level("occlusion-low", "the level of occlusion is said too low", 0),
        fieldOfView(),
        depth("depth-large", "depth is said too large", "times too large", false),
        depth("depth-small", "depth is said too small", "times too small", true),
        dark(),
        frozen());
  }

  private static Damage level(String name, String label, float end) {
    return new Damage(
        name,
        label,
        "of the way to the end of the scale",
        DoubleStream.of(0.25, 0.5, 0.75, 1)
            .mapToObj(
                share ->
                    Step.ofView(
                        String.format(Locale.ROOT, "%.0f %%", 100 * share),
                        v ->
                            withLevel(v, (float) (v.occlusionLevel() * (1 - share) + end * share))))
            .toList());
  }

  private static View withLevel(View v, float level) {
    return new View(v.rgb(), v.depth(), v.occlusion(), Math.max(0, Math.min(1, level)));
  }

  private static Damage fieldOfView() {
    return new Damage(
        "field-of-view",
        "the camera sees less than it says",
        "true field of view in degrees, said to be 90",
        IntStream.of(80, 70, 60, 50, 40)
            .mapToObj(d -> Step.ofView(Integer.toString(d), v -> narrower(v, d)))
            .toList());
  }

  /** The middle of the view, as a camera of so many degrees has it, spread over the whole. */
  static View narrower(View v, double degrees) {
    double scale =
        Math.tan(Math.toRadians(degrees / 2)) / Math.tan(Math.toRadians(View.HFOV_DEGREES / 2));
    int[] from = new int[SIZE];
    for (int i = 0; i < SIZE; i++) {
      from[i] = (int) Math.floor((i + 0.5 - SIZE / 2.0) * scale + SIZE / 2.0);
    }
    return new View(
        spread(v.rgb(), from),
        spread(v.depth(), from),
        spread(v.occlusion(), from),
        v.occlusionLevel());
  }

  private static float[] spread(float[] planes, int[] from) {
    float[] out = new float[planes.length];
    for (int i = 0; i < out.length; i++) {
      int plane = i / (SIZE * SIZE) * SIZE * SIZE;
      out[i] = planes[plane + from[i / SIZE % SIZE] * SIZE + from[i % SIZE]];
    }
    return out;
  }

  private static Damage depth(String name, String label, String size, boolean smaller) {
    return new Damage(
        name,
        label,
        size,
        DoubleStream.of(1.25, 1.5, 2, 4)
            .mapToObj(
                f ->
                    Step.ofView(
                        Double.toString(f).replaceAll("\\.0$", ""),
                        v -> scaled(v, (float) (smaller ? 1 / f : f))))
            .toList());
  }

  private static View scaled(View v, float factor) {
    return new View(v.rgb(), times(v.depth(), factor), v.occlusion(), v.occlusionLevel());
  }

  private static float[] times(float[] values, float factor) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i] * factor;
    }
    return out;
  }

  private static Damage dark() {
    List<Step> steps = new ArrayList<>();
    for (int part : new int[] {2, 4, 8, 16}) {
      steps.add(Step.ofView("1/" + part, v -> darker(v, 1f / part)));
    }
    steps.add(Step.ofView("black", v -> darker(v, 0)));
    steps.add(Step.ofView("blind", v -> View.blind()));
    return new Damage(
        "dark", "a dark picture, to black, and then without depth", "brightness", steps);
  }

  private static View darker(View v, float factor) {
    return new View(times(v.rgb(), factor), v.depth(), v.occlusion(), v.occlusionLevel());
  }

  private static Damage frozen() {
    return new Damage(
        "frozen",
        "a frozen view, that of another scene",
        "what is frozen",
        List.of(
            new Step(
                "picture",
                null,
                (v, other) ->
                    new View(other.get().rgb(), v.depth(), v.occlusion(), v.occlusionLevel())),
            new Step(
                "depth",
                null,
                (v, other) -> {
                  View o = other.get();
                  return new View(v.rgb(), o.depth(), o.occlusion(), o.occlusionLevel());
                }),
            new Step("both", null, (v, other) -> other.get())));
  }
}
