package org.hearsight.benchmarks.measure;

/** One line of the table: a piece of work that is timed here and, where there is one, at a peer. */
public interface Row {
  /** A few letters that a person chooses it by, as in {@code seld-inference}. */
  String name();

  /** What the work is, for the table. */
  String what();

  /** What it is compared with, and why that is fair: a sentence or two for the page. */
  String how();

  /** What is asked of it. */
  Goal goal();

  /** How often it is done: as work of a tenth of a second and more, unless a row says otherwise. */
  default Pace pace() {
    return Pace.LONG;
  }

  /** Makes the work ready; that is not timed. */
  Work open();

  /**
   * How often a row's work is done.
   *
   * @param warmUps before anything counts
   * @param repeats in a round, of which the median counts
   * @param mostRounds of a row that is too long for many
   */
  record Pace(int warmUps, int repeats, int mostRounds) {
    /** For work of milliseconds. */
    public static final Pace SHORT = new Pace(5, 9, Integer.MAX_VALUE);

    /** For work of a tenth of a second and more. */
    public static final Pace LONG = new Pace(2, 5, Integer.MAX_VALUE);

    /** For work of minutes. */
    public static final Pace ONCE = new Pace(0, 1, 1);

    public Pace {
      if (warmUps < 0 || repeats < 1 || mostRounds < 1) {
        throw new IllegalArgumentException("pace: numbers out of range");
      }
    }
  }
}
