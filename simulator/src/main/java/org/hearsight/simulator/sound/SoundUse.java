package org.hearsight.simulator.sound;

import java.util.Locale;

/** Which recordings of a folder are taken, by what their licences allow. */
public enum SoundUse {
  /** May train weights that are given away. */
  PERMISSIVE,
  /** May score, but not train what is given away. */
  EVALUATION,
  /** All of them; those for evaluation go to the test split. */
  ALL;

  /** Lower case, as in options and in the column {@code use} of {@code SOURCES.csv}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Is a recording of this use? */
  boolean takes(Recording recording) {
    return this == ALL || recording.scoringOnly() == (this == EVALUATION);
  }
}
