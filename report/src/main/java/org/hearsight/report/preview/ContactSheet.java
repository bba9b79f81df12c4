package org.hearsight.report.preview;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;
import org.hearsight.core.geometry.Vec3;
import org.hearsight.core.vision.Camera;
import org.hearsight.core.vision.Png;

/**
 * One picture of several scenarios: a strip each with colour, depth, occlusion and a map from
 * above.
 *
 * <p>The map shows obstacles in grey (darker = higher), the field of view, the hazard's way and end
 * in red and the apparent direction in blue; forward is up.
 */
public final class ContactSheet {
  private static final int CELL = 224;
  private static final int GAP = 4;
  private static final int STRIP = 4 * (CELL + GAP) + 2 * GAP;
  private static final double DEPTH_SHOWN = 30;

  private ContactSheet() {}

  /**
   * Writes the sheet.
   *
   * @param reach how far a scenario's map reaches from the microphone, metres
   * @throws InputException if a scenario's picture is missing or the file cannot be written
   */
  public static void write(
      ScenarioStore store, List<Scenario> scenarios, ToDoubleFunction<Scenario> reach, Path file) {
    int columns = Math.max(1, Math.min(2, scenarios.size() / 4));
    BufferedImage sheet =
        new BufferedImage(
            columns * STRIP,
            (scenarios.size() + columns - 1) / columns * (CELL + GAP),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int i = 0; i < scenarios.size(); i++) {
      Scenario s = scenarios.get(i);
      int x = i % columns * STRIP;
      int y = i / columns * (CELL + GAP);
      g.drawImage(read(store, s.files().rgb()), x, y, null);
      g.drawImage(shades(read(store, s.files().depth())), x + CELL + GAP, y, null);
      g.drawImage(read(store, s.files().occlusion()), x + 2 * (CELL + GAP), y, null);
      g.drawImage(map(s, reach.applyAsDouble(s)), x + 3 * (CELL + GAP), y, null);
      caption(g, s, x + 3 * (CELL + GAP), y);
    }
    g.dispose();
    Png.write(file, sheet);
  }

  /** Layout, class, visibility. */
  private static void caption(Graphics2D g, Scenario s, int x, int y) {
    String layout = s.scene() == null ? "recording" : s.scene().kind();
    String seen = s.isBackground() ? "" : " " + Math.round(100 * s.visibility()) + "%";
    for (String text : List.of(layout, s.className() + seen)) {
      int top = y + (text.equals(layout) ? 3 : CELL - PixelText.HEIGHT - 3);
      g.setColor(Color.WHITE);
      int width = text.length() * PixelText.WIDTH + 2;
      g.fillRect(x + 2, top - 2, width, PixelText.HEIGHT + 4);
      g.setColor(Color.BLACK);
      PixelText.draw(g, text, x + 4, top);
    }
  }

  /** Up to so many scenarios, the layouts in turn, each in the order of the store. */
  public static List<Scenario> choose(ScenarioStore store, int count) {
    Map<String, Deque<Scenario>> byLayout = new TreeMap<>();
    for (Scenario s : store.scenarios()) {
      String layout = s.scene() == null ? "" : s.scene().kind();
      byLayout.computeIfAbsent(layout, k -> new ArrayDeque<>()).add(s);
    }
    List<Scenario> chosen = new ArrayList<>();
    int wanted = Math.min(count, store.scenarios().size());
    while (chosen.size() < wanted) {
      for (Deque<Scenario> rest : byLayout.values()) {
        if (!rest.isEmpty() && chosen.size() < wanted) {
          chosen.add(rest.poll());
        }
      }
    }
    return chosen;
  }

  /** A picture, black if the recording lacks it. */
  private static BufferedImage read(ScenarioStore store, String name) {
    if (name == null) {
      return new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_RGB);
    }
    Path file = store.file(name);
    try {
      BufferedImage image = ImageIO.read(InputFile.inMemory(file, InputFile.MEDIUM));
      if (image != null) {
        return image;
      }
    } catch (IOException e) {
      throw InputException.environment(file, "cannot be read", "simulate the data set again", e);
    }
    throw new InputException(file, "is not a picture", "simulate the data set again");
  }

  /** Near is bright, nothing is black. */
  private static BufferedImage shades(BufferedImage depth) {
    BufferedImage out = new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < Math.min(CELL, depth.getHeight()); y++) {
      for (int x = 0; x < Math.min(CELL, depth.getWidth()); x++) {
        double metres = depth.getRaster().getSample(x, y, 0) / 1000.0;
        float near = (float) Math.max(0, 1 - metres / DEPTH_SHOWN);
        out.setRGB(
            x, y, metres == 0 ? 0 : Color.HSBtoRGB(0.66f * (1 - near), 0.8f, 0.35f + 0.65f * near));
      }
    }
    return out;
  }

  private static BufferedImage map(Scenario s, double reach) {
    BufferedImage out = new BufferedImage(CELL, CELL, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = out.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, CELL, CELL);
    if (s.scene() == null) {
      g.dispose();
      return out;
    }
    double scale = CELL / (2 * reach);
    // x forward becomes up, y left becomes left.
    g.transform(new AffineTransform(0, -scale, -scale, 0, CELL / 2.0, CELL / 2.0));
    for (Scenario.Footprint f : s.scene().obstacles()) {
      int shade = (int) Math.max(70, 210 - 20 * f.height());
      g.setColor(new Color(shade, shade, shade));
      g.fill(new Rectangle2D.Double(f.xMin(), f.yMin(), f.xMax() - f.xMin(), f.yMax() - f.yMin()));
    }
    g.setStroke(new BasicStroke((float) (1 / scale)));
    g.setColor(new Color(0, 120, 0));
    g.draw(new Line2D.Double(0, 0, reach, reach * Camera.EDGE));
    g.draw(new Line2D.Double(0, 0, reach, -reach * Camera.EDGE));
    if (s.apparent() != null) {
      Vec3 a = s.apparent().unit().times(reach);
      g.setColor(Color.BLUE);
      g.draw(new Line2D.Double(0, 0, a.x(), a.y()));
    }
    if (s.location() != null) {
      g.setColor(Color.RED);
      Path2D way = new Path2D.Double();
      List<double[]> path = s.scene().path();
      for (int i = 0; i < path.size(); i++) {
        if (i == 0) {
          way.moveTo(path.get(i)[0], path.get(i)[1]);
        } else {
          way.lineTo(path.get(i)[0], path.get(i)[1]);
        }
      }
      g.draw(way);
      Vec3 p = s.location().point();
      double r = 4 / scale;
      g.fill(new Ellipse2D.Double(p.x() - r, p.y() - r, 2 * r, 2 * r));
    }
    g.dispose();
    return out;
  }
}
