package org.hearsight.report.plan;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.hearsight.core.vision.Png;

/** Draws a PNG. Letters are strokes of our own: a headless Java may have no fonts at all. */
final class RasterCanvas implements Canvas {
  private static final double HALO = 3;
  private static final int WHITE = 0xFFFFFF;

  private final BufferedImage image;
  private final Graphics2D g;

  /**
   * @param scale pixels a unit
   */
  RasterCanvas(int width, int height, int scale) {
    image = new BufferedImage(width * scale, height * scale, BufferedImage.TYPE_INT_RGB);
    g = image.createGraphics();
    g.scale(scale, scale);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  /** The picture; nothing can be drawn afterwards. */
  byte[] png() {
    g.dispose();
    int width = image.getWidth();
    int height = image.getHeight();
    return Png.rgb(image.getRGB(0, 0, width, height, null, 0, width), width, height);
  }

  @Override
  public void fill(Path2D area, int rgb, double opacity, boolean smooth) {
    smooth(smooth);
    g.setColor(new Color(rgb));
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
    g.fill(area);
    g.setComposite(AlphaComposite.SrcOver);
  }

  @Override
  public void line(Path2D path, int rgb, double width, float... dashes) {
    smooth(true);
    g.setColor(new Color(rgb));
    g.setStroke(
        dashes.length == 0
            ? new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
            : new BasicStroke(
                (float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0));
    g.draw(path);
  }

  @Override
  public void text(String text, double x, double y, double size, Anchor anchor, int rgb) {
    double width = StrokeFont.width(text, size);
    double left =
        switch (anchor) {
          case START -> x;
          case MIDDLE -> x - width / 2;
          case END -> x - width;
        };
    Path2D letters = StrokeFont.outline(text, left, y, size);
    double weight = StrokeFont.weight(size);
    line(letters, WHITE, weight + HALO);
    line(letters, rgb, weight);
  }

  private void smooth(boolean on) {
    g.setRenderingHint(
        RenderingHints.KEY_ANTIALIASING,
        on ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
  }
}
