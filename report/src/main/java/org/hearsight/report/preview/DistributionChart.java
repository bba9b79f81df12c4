package org.hearsight.report.preview;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.dataset.VisibilityBin;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.text.CrossTable;
import org.hearsight.core.vision.Png;

/**
 * What a data set is made of, as one picture: class and layout by visibility, class by motion,
 * where the hazards are, and how azimuth, distance and visibility spread.
 */
public final class DistributionChart {
  private static final int WIDTH = 1240;
  private static final int HEIGHT = 760;
  private static final int CELL_WIDTH = 78;
  private static final int CELL_HEIGHT = 19;
  private static final int NAMES = 140;
  private static final Color[] COLOURS = {
    new Color(0xB2182B), new Color(0xE08214), new Color(0x2166AC)
  };
  private static final List<VisibilityBin> BINS = List.of(VisibilityBin.values());
  private static final Color INK = new Color(0x202020);
  private static final Color FAINT = new Color(0xD0D0D0);

  private final Graphics2D g;
  private final List<Scenario> hazards;

  private DistributionChart(Graphics2D g, List<Scenario> hazards) {
    this.g = g;
    this.hazards = hazards;
  }

  /**
   * Draws the chart of a data set into a PNG.
   *
   * @param tables three: class and layout by visibility, class by motion
   */
  public static void write(ScenarioStore store, List<CrossTable> tables, Path file) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, HEIGHT);
    List<Scenario> all = store.scenarios();
    List<Scenario> hazards = all.stream().filter(s -> !s.isBackground()).toList();
    DistributionChart chart = new DistributionChart(g, hazards);
    chart.table(tables.get(0), 20, 20);
    chart.table(tables.get(1), 20, 270);
    chart.table(tables.get(2), 20, 500);
    chart.map(560, 20, 330);
    chart.histogram("azimuth, degrees", 560, 420, -180, 180, s -> s.location().azimuth());
    chart.histogram("distance, m", 560, 590, 0, 32, s -> s.location().distance());
    chart.histogram("visibility", 920, 420, 0, 1.0001, Scenario::visibility);
    chart.histogram("occlusion level", 920, 590, 0, 1.0001, Scenario::occlusionLevel);
    chart.key(920, 40);
    g.dispose();
    Png.write(file, image);
  }

  private void table(CrossTable table, int x, int y) {
    g.setColor(INK);
    PixelText.draw(g, table.title(), x, y);
    for (int c = 0; c < table.columns().size(); c++) {
      String name = table.columns().get(c);
      String shown = name.substring(0, Math.min(9, name.length()));
      PixelText.draw(g, shown, x + NAMES + c * CELL_WIDTH, y);
    }
    int line = 1;
    for (int r = 0; r < table.rows().size(); r++) {
      if (table.sum(r) == 0) {
        continue;
      }
      int top = y + line++ * CELL_HEIGHT;
      g.setColor(INK);
      PixelText.draw(g, table.rows().get(r), x, top + 4);
      for (int c = 0; c < table.columns().size(); c++) {
        int count = table.counts()[r][c];
        float share = (float) count / Math.max(1, table.most());
        int left = x + NAMES + c * CELL_WIDTH;
        g.setColor(Color.getHSBColor(0.58f, 0.75f * share, 1 - 0.35f * share));
        g.fillRect(left, top, CELL_WIDTH - 2, CELL_HEIGHT - 2);
        g.setColor(share > 0.6 ? Color.WHITE : INK);
        PixelText.drawEndingAt(g, String.valueOf(count), left + CELL_WIDTH - 8, top + 4);
      }
    }
  }

  /** Where the hazards are, from above; forward is up. */
  private void map(int x, int y, int size) {
    double reach = 32;
    double scale = size / (2 * reach);
    int cx = x + size / 2;
    int cy = y + size / 2;
    g.setColor(FAINT);
    for (int ring = 10; ring <= 30; ring += 10) {
      double r = ring * scale;
      g.draw(new Ellipse2D.Double(cx - r, cy - r, 2 * r, 2 * r));
      PixelText.draw(g, ring + " m", cx + 4, (int) (cy + r) - 12);
    }
    g.drawLine(cx, cy, x, y);
    g.drawLine(cx, cy, x + size, y);
    for (Scenario s : hazards) {
      Vec3 p = s.location().point();
      g.setColor(COLOURS[BINS.indexOf(s.visibilityBin())]);
      g.fill(new Ellipse2D.Double(cx - p.y() * scale - 1.5, cy - p.x() * scale - 1.5, 3, 3));
    }
  }

  private void histogram(
      String title, int x, int y, double low, double high, ToDoubleFunction<Scenario> value) {
    int width = 300;
    int height = 110;
    int bars = 30;
    int[][] counts = new int[bars][COLOURS.length];
    int most = 1;
    for (Scenario s : hazards) {
      int bar = (int) ((value.applyAsDouble(s) - low) / (high - low) * bars);
      int kept = Math.max(0, Math.min(bars - 1, bar));
      counts[kept][BINS.indexOf(s.visibilityBin())]++;
    }
    for (int[] bar : counts) {
      most = Math.max(most, bar[0] + bar[1] + bar[2]);
    }
    for (int i = 0; i < bars; i++) {
      double top = y + height;
      for (int b = 0; b < COLOURS.length; b++) {
        double tall = (double) height * counts[i][b] / most;
        g.setColor(COLOURS[b]);
        g.fillRect(
            x + i * width / bars,
            (int) Math.round(top - tall),
            width / bars - 1,
            (int) Math.round(top) - (int) Math.round(top - tall));
        top -= tall;
      }
    }
    g.setColor(INK);
    g.drawLine(x, y + height, x + width, y + height);
    PixelText.draw(g, number(low), x, y + height + 5);
    PixelText.drawEndingAt(g, number(high), x + width, y + height + 5);
    int middle = title.length() * PixelText.WIDTH / 2;
    PixelText.draw(g, title, x + width / 2 - middle, y + height + 5);
    PixelText.draw(g, "most " + most, x + width - 80, y - 12);
  }

  private void key(int x, int y) {
    for (VisibilityBin bin : BINS) {
      int top = y + BINS.indexOf(bin) * 20;
      g.setColor(COLOURS[BINS.indexOf(bin)]);
      g.fillRect(x, top, 12, 12);
      g.setColor(INK);
      long count = hazards.stream().filter(s -> s.visibilityBin() == bin).count();
      PixelText.draw(g, bin.label() + " " + count, x + 20, top + 1);
    }
    PixelText.draw(g, "hazards " + hazards.size(), x, y + 65);
    PixelText.draw(g, "forward is up", x, y + 85);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.0f", value);
  }
}
