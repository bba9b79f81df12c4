package org.hearsight.core.error;

import java.nio.file.Path;

/**
 * A refusal in one line that names the file (or option), the field and the remedy, and knows whose
 * {@link Fault} it is.
 *
 * <p>Commands print {@link #getMessage()} as it stands and end with exit code 1; nobody should need
 * the stack trace to act. The constructors are for what was given to us; {@link #environment} and
 * {@link #model} are for the rest.
 */
public final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Who can mend it. */
  public enum Fault {
    /** What was given to us: the same will be refused again. Whoever gave it can mend it. */
    INPUT,

    /**
     * The machine: no room on the disk, no permission, no native library, no network, somebody
     * else's lock. The same may be taken later or elsewhere.
     */
    ENVIRONMENT,

    /** The model or encoder: it is damaged, or its parts do not fit. No input will be answered. */
    MODEL
  }

  private final Fault fault;

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
    this(Fault.INPUT, subject, problem, remedy, cause);
  }

  /** As {@link #InputException(String, String, String)} for a file. */
  public InputException(Path file, String problem, String remedy) {
    this(file.toString(), problem, remedy, null);
  }

  /** As {@link #InputException(String, String, String, Throwable)} for a file. */
  public InputException(Path file, String problem, String remedy, Throwable cause) {
    this(file.toString(), problem, remedy, cause);
  }

  private InputException(
      Fault fault, String subject, String problem, String remedy, Throwable cause) {
    super(oneLine(subject + ": " + problem + "; " + remedy), cause);
    this.fault = fault;
  }

  /**
   * A refusal that is the machine's fault.
   *
   * @param subject the file, folder, library or address
   */
  public static InputException environment(Object subject, String problem, String remedy) {
    return environment(subject, problem, remedy, null);
  }

  /** As {@link #environment(Object, String, String)}, keeping what made us refuse. */
  public static InputException environment(
      Object subject, String problem, String remedy, Throwable cause) {
    return new InputException(Fault.ENVIRONMENT, subject.toString(), problem, remedy, cause);
  }

  /**
   * A refusal that is the fault of a model or an encoder.
   *
   * @param subject the part that is damaged or does not fit
   */
  public static InputException model(Object subject, String problem, String remedy) {
    return model(subject, problem, remedy, null);
  }

  /** As {@link #model(Object, String, String)}, keeping what made us refuse. */
  public static InputException model(
      Object subject, String problem, String remedy, Throwable cause) {
    return new InputException(Fault.MODEL, subject.toString(), problem, remedy, cause);
  }

  /** Whose fault it is. */
  public Fault fault() {
    return fault;
  }

  /**
   * Control, direction and line characters from hostile files must not reach a terminal, nor split
   * the line.
   */
  private static String oneLine(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
  }
}
