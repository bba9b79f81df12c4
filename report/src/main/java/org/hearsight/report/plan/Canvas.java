package org.hearsight.report.plan;

import java.awt.geom.Path2D;

/** What shapes are drawn on; x to the right, y down, in the drawing's own units. */
interface Canvas {
  /** Which part of a text stands at its place. */
  enum Anchor {
    START,
    MIDDLE,
    END
  }

  /**
   * Fills an area.
   *
   * @param rgb 0xRRGGBB
   * @param opacity in [0, 1]
   * @param smooth whether edges are blended; areas side by side show seams where they are
   */
  void fill(Path2D area, int rgb, double opacity, boolean smooth);

  /**
   * Draws along a path.
   *
   * @param dashes lengths of dash and gap in turn; none for a whole line
   */
  void line(Path2D path, int rgb, double width, float... dashes);

  /**
   * Writes a line, lower-case.
   *
   * @param y of the ground line
   * @param size height of the letters' body in CSS's sense
   */
  void text(String text, double x, double y, double size, Anchor anchor, int rgb);
}
