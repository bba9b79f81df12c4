package org.hearsight.core.seld;

/** One of the numbers a SELD system is judged by. */
public enum SeldScore {
  /** Substitutions, deletions and insertions per reference source; over all classes always. */
  ERROR_RATE("ER20"),
  /** F-score of sources found near enough. */
  F20("F20"),
  /** Mean angle of matched sources, degrees. */
  ANGLE("DOAE_CD"),
  /** Mean distance error of matched sources, metres. */
  DISTANCE("DE_CD"),
  /** Mean relative distance error of matched sources. */
  RELATIVE_DISTANCE("RDE_CD"),
  /** Share of reference sources matched, wherever. */
  RECALL("LR_CD"),
  /** The year's mean of the others, 0 best. */
  SELD_ERROR("seld_error");

  private final String key;

  SeldScore(String key) {
    this.key = key;
  }

  /** The name in the papers, and in JSON. */
  public String key() {
    return key;
  }
}
