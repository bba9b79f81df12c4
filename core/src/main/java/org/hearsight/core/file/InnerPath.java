package org.hearsight.core.file;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A path that stands in a list or a card and names something in the same folder or below: relative,
 * with forward slashes, and never leading out again.
 */
public final class InnerPath {
  private static final Pattern OUTSIDE = Pattern.compile("/.*|[A-Za-z]:.*|.*\\\\.*");
  private static final Pattern STEPS = Pattern.compile("(.*/)?\\.{0,2}(/.*)?");

  private InnerPath() {}

  /**
   * Refuses a path that leads elsewhere or is none.
   *
   * @param field what the problem is named after
   * @return the path
   * @throws IllegalArgumentException naming field and path
   */
  public static String require(String field, String path) {
    if (path.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(field + ": holds a control character");
    }
    if (OUTSIDE.matcher(path).matches() || STEPS.matcher(path).matches()) {
      throw new IllegalArgumentException(
          field + ": '" + path + "' does not stay inside the folder that lists it");
    }
    try {
      Path unused = FileSystems.getDefault().getPath(path);
      return path;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          field + ": '" + path + "' cannot be a file's name here", e);
    }
  }
}
