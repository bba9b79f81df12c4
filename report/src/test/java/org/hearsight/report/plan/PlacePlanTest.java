package org.hearsight.report.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.hearsight.core.vision.View;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PlacePlanTest {
  @TempDir private Path folder;

  private static int colour(BufferedImage image, double azimuth, double r) {
    double radians = Math.toRadians(azimuth);
    int x = (int) Math.round(2 * (380 - r * Math.sin(radians)));
    int y = (int) Math.round(2 * (412 - r * Math.cos(radians)));
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void thePictureShowsWhatIsSeenAndWhatIsLikelyOnTheirSides() throws IOException {
    BufferedImage image =
        ImageIO.read(new ByteArrayInputStream(SamplePlan.plan(SamplePlan.view()).png()));

    assertThat(image.getWidth()).isEqualTo(1520);
    // The van, 5 m away, left of the middle: seen before it, not behind it.
    assertThat(colour(image, 12, 90)).isEqualTo(0xFAF0D2);
    assertThat(colour(image, 12, 300)).isEqualTo(0xFFFFFF);
    assertThat(colour(image, 12, 60)).isEqualTo(0xFAF0D2);
    // To the right of the van one sees 20 m far; to the side nothing is seen.
    assertThat(colour(image, -12, 180)).isEqualTo(0xFAF0D2);
    assertThat(colour(image, 100, 90)).isEqualTo(0xFFFFFF);
    // The hills are blue, their mirror images are not.
    int hill = colour(image, -60.5, 160);
    assertThat(hill & 0xFF).isGreaterThan((hill >> 16) + 60);
    assertThat(colour(image, 61, 160)).isEqualTo(0xFFFFFF);
  }

  @Test
  void theDocumentHoldsItsWordsAndTheSameShapes() throws Exception {
    Path file = folder.resolve("plan.SVG");
    SamplePlan.plan(SamplePlan.view()).write(file);

    Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    NodeList texts = svg.getElementsByTagName("text");
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < texts.getLength(); i++) {
      words.append(texts.item(i).getTextContent()).append('\n');
    }
    assertThat(words.toString())
        .contains("siren, 33° left, 9.6 m; confidence 0.71\n")
        .contains("ahead\n", "left\n", "2 m\n", "50 m\n", "80 %\n", "seen, up to what stands");
    NodeList paths = svg.getElementsByTagName("path");
    int likely = 0;
    for (int i = 0; i < paths.getLength(); i++) {
      likely += ((Element) paths.item(i)).getAttribute("fill").equals("#0f5a96") ? 1 : 0;
    }
    // Only places that stand out, and the legend's six shades.
    assertThat(likely).isBetween(40, 400);
  }

  @Test
  void withoutDepthNothingIsSaidToBeSeen() {
    String blind = SamplePlan.plan(View.blind()).svg();

    assertThat(blind).doesNotContain("#faf0d2", "seen, up to");
  }

  @Test
  void theSamePlanGivesTheSameBytes() throws IOException {
    Path file = folder.resolve("plan.png");
    SamplePlan.plan(SamplePlan.view()).write(file);

    assertThat(Files.readAllBytes(file)).isEqualTo(SamplePlan.plan(SamplePlan.view()).png());
    assertThat(PlacePlan.canWrite(Path.of("a.png"))).isTrue();
    assertThat(PlacePlan.canWrite(Path.of("a.jpg"))).isFalse();
  }

  @Test
  void everyLetterThatIsUsedIsKnown() {
    String used = "abcdefghijklmnopqrstuvwxyz0123456789%°.,:;-–_+/()";
    for (int c : used.codePoints().toArray()) {
      String letter = Character.toString(c);
      assertThat(StrokeFont.outline(letter, 0, 0, 12).getCurrentPoint()).as(letter).isNotNull();
    }
    assertThat(StrokeFont.outline(" ", 0, 0, 12).getCurrentPoint()).isNull();
    assertThat(StrokeFont.width("mm", 12)).isGreaterThan(StrokeFont.width("ii", 12));
  }
}
