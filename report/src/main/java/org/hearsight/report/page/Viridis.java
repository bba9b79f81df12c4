package org.hearsight.report.page;

/** The viridis map by Smith, van der Walt and Firing, at nine equal steps. */
final class Viridis {
  private static final int[] STEPS = {
    0x440154, 0x472d7b, 0x3b528b, 0x2c728e, 0x21918c, 0x28ae80, 0x5ec962, 0xaddc30, 0xfde725
  };

  private Viridis() {}

  /**
   * A colour as {@code 0xRRGGBB}.
   *
   * @param value from 0, violet, to 1, yellow; beyond them as at the ends
   */
  static int colour(double value) {
    double position = Math.max(0, Math.min(1, value)) * (STEPS.length - 1);
    int low = Math.min(STEPS.length - 2, (int) position);
    double share = position - low;
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int a = STEPS[low] >> shift & 0xff;
      int b = STEPS[low + 1] >> shift & 0xff;
      mixed |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return mixed;
  }
}
