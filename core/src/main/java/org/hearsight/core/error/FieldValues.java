package org.hearsight.core.error;

/**
 * What records that are read from files ask of their fields: each refusal is one line that names
 * the field.
 */
public final class FieldValues {
  private FieldValues() {}

  /**
   * A number in a range; NaN and infinities are in none.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void within(String field, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          field + ": " + plain(value) + ", expected " + plain(least) + " to " + plain(most));
    }
  }

  /**
   * A finite number that is not less.
   *
   * @throws IllegalArgumentException if it is
   */
  public static void atLeast(String field, double value, double least) {
    if (!(value >= least && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          field + ": " + plain(value) + ", expected " + plain(least) + " or more");
    }
  }

  /**
   * A finite number above zero.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void positive(String field, double value) {
    if (!(value > 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          field + ": " + plain(value) + ", expected a positive number");
    }
  }

  /**
   * A part that is not all, in [0, 1).
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void share(String field, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          field + ": " + plain(value) + ", expected a share from 0 to below 1");
    }
  }

  /**
   * A text that is there and can be shown: no control characters, which no name of ours has and no
   * file system takes.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static void text(String field, String value) {
    if (value == null) {
      throw new IllegalArgumentException(field + ": missing");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(field + ": holds a control character");
    }
  }

  /** Whole numbers without a point; what was read as a float as short as it was written. */
  private static String plain(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e9) {
      return String.valueOf((long) value);
    }
    return value == (float) value ? String.valueOf((float) value) : String.valueOf(value);
  }
}
