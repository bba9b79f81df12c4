package org.hearsight.core.error;

import java.nio.file.Path;

/**
 * Something a person gave us that we refuse: one line that names the file (or option), the field
 * and the remedy.
 *
 * <p>Commands print {@link #getMessage()} as it stands and end with exit code 1; nobody should need
 * the stack trace to act.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param subject the file, folder or option that is refused
   * @param problem what is wrong, beginning with the field, as in {@code "channels: 3, expected 4"}
   * @param remedy what the person can do about it
   */
  public InputException(String subject, String problem, String remedy) {
    this(subject, problem, remedy, null);
  }

  /** As {@link #InputException(String, String, String)}, keeping what made us refuse. */
  public InputException(String subject, String problem, String remedy, Throwable cause) {
    super(oneLine(subject + ": " + problem + "; " + remedy), cause);
  }

  /** As {@link #InputException(String, String, String)} for a file. */
  public InputException(Path file, String problem, String remedy) {
    this(file.toString(), problem, remedy, null);
  }

  /** As {@link #InputException(String, String, String, Throwable)} for a file. */
  public InputException(Path file, String problem, String remedy, Throwable cause) {
    this(file.toString(), problem, remedy, cause);
  }

  /**
   * Control, direction and line characters from hostile files must not reach a terminal, nor split
   * the line.
   */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
