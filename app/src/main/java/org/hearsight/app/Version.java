package org.hearsight.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as Maven filtered it into {@code version.properties}. */
public final class Version implements IVersionProvider {
  /** As in {@code 0.1.0-SNAPSHOT}. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      Properties p = new Properties();
      p.load(in);
      return p.getProperty("version");
    } catch (IOException e) {
      throw new IllegalStateException("the jar lacks version.properties", e);
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {"hearsight " + text()};
  }
}
