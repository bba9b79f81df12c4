package org.hearsight.app.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an option that names a file or folder which the command writes. {@link GivenPaths} holds it
 * against what the command reads before the command begins.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Writes {
  /** What is written. */
  enum Kind {
    /** One file, as a whole. */
    FILE,
    /** A folder of a result. */
    FOLDER,
    /** A folder of what can be made again, under names of its own; it may lie anywhere. */
    CACHE
  }

  Kind value();
}
