package org.hearsight.server.work;

import org.hearsight.server.problem.Problem;

/**
 * What became of a piece of work: a result, or a refusal.
 *
 * @param result null if it was refused
 * @param problem null if there is a result
 */
public record Outcome<R>(R result, Problem problem) {
  /** A refusal. */
  public static <R> Outcome<R> of(Problem problem) {
    return new Outcome<>(null, problem);
  }

  /**
   * The result.
   *
   * @throws Problem if there is none
   */
  public R orThrow() {
    if (problem != null) {
      throw problem;
    }
    return result;
  }
}
