package org.hearsight.app.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks an option that sets a field of a configuration, see {@link ConfigOptions}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Sets {
  /** The field's path, as in {@code stage1.epochs}. */
  String value();
}
