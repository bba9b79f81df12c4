package org.example;

import java.nio.file.Path;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;

/**
 * What is heard in a recording and not seen in a picture, and where: {@code SOUND PICTURE DEPTH}.
 */
public final class Hears {
  private Hears() {}

  public static void main(String[] files) {
    try (Hearsight hearsight = Hearsight.load()) {
      View view = View.read(Path.of(files[1]), Path.of(files[2]));
      Imagination answer = hearsight.imagine(Clip.read(Path.of(files[0])), view);
      System.out.println(answer.className() + " at " + answer.location().azimuth() + "°");
    }
  }
}
