package org.hearsight.report.chart;

import java.util.Locale;
import org.hearsight.core.dataset.Location;

/** Numbers as people read them. */
public final class Figures {
  public static final String NOTHING = "–";

  private Figures() {}

  /** A number with fixed decimals; a dash for NaN. */
  public static String fixed(double value, int decimals) {
    return Double.isNaN(value)
        ? NOTHING
        : String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }

  public static String degrees(double value) {
    return Double.isNaN(value) ? NOTHING : fixed(value, 1) + "°";
  }

  public static String percent(double share) {
    return Double.isNaN(share) ? NOTHING : fixed(100 * share, 0) + " %";
  }

  /** {@code 34° left, 18.2 m}. */
  public static String place(Location place) {
    if (place == null) {
      return NOTHING;
    }
    long azimuth = Math.round(Math.abs(place.azimuth()));
    String side = azimuth == 0 ? "ahead" : azimuth + (place.azimuth() > 0 ? "° left" : "° right");
    return side + ", " + fixed(place.distance(), 1) + " m";
  }

  /** An SVG coordinate: a tenth of a pixel is plenty. */
  public static String px(double value) {
    double rounded = Math.round(value * 10) / 10.0;
    return rounded == Math.rint(rounded)
        ? Long.toString((long) rounded)
        : String.format(Locale.ROOT, "%.1f", rounded);
  }
}
