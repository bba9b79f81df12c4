package org.hearsight.core.seld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassNamesTest {
  /** Two classes of one name, one without, and one of the same name. */
  private static final ClassNames TALKERS =
      ClassNames.of(
          List.of("female_speech", "male_speech", "clapping", "dog"),
          List.of("dog", "voice"),
          Map.of("female_speech", "voice", "male_speech", "voice"));

  @Test
  void namesPairUpByThemselvesOrThroughTheMap() {
    ClassNames names =
        ClassNames.of(
            List.of("dog", "male_speech", "clapping"),
            List.of("voice", "dog"),
            Map.of("male_speech", "voice"));
    assertThat(names.of(0)).isEqualTo(1);
    assertThat(names.of(1)).isZero();
    assertThat(names.of(2)).isEqualTo(-1);
    assertThat(names.known()).containsExactlyInAnyOrder(0, 1);
  }

  /** A talker that a network hears as a woman and as a man is one voice. */
  @Test
  void classesOfOneNameAreOneSource() {

    List<SeldEvent> named =
        TALKERS.rename(
            List.of(
                new SeldEvent(3, 0, 0, 178, 0, 2),
                new SeldEvent(3, 0, 1, 90, 0, 5),
                new SeldEvent(3, 1, 0, -178, 0, 4),
                new SeldEvent(3, 2, 0, 10, 0, 1),
                new SeldEvent(3, 3, 0, 20, 5, 7),
                new SeldEvent(4, 3, 0, 20, 5, 7),
                new SeldEvent(4, 3, 1, 22, 5, 7)),
            1);

    assertThat(named)
        .extracting(SeldEvent::frame, SeldEvent::classIndex, SeldEvent::source)
        .containsExactly(
            tuple(3, 1, 0), tuple(3, 2, 0), tuple(3, 2, 1), tuple(4, 1, 0), tuple(4, 1, 1));
    assertThat(Math.abs(named.get(1).azimuth())).isCloseTo(180, within(1e-9));
    assertThat(named.get(1).distance()).isEqualTo(3);
    assertThat(named.get(2).azimuth()).isEqualTo(90);
  }

  @Test
  void theLoudestClassIsOfAllThatShareAName() {
    assertThat(TALKERS.loudest(new double[] {2, 2, 1, 3})).isEqualTo(1);
    assertThat(TALKERS.loudest(new double[] {1, 1, 1, 3})).isZero();
    assertThat(TALKERS.loudest(new double[] {1, 1, 4, 3})).isEqualTo(-1);
  }

  @Test
  void whoCanNameNothingIsRefused() {
    List<String> system = List.of("class_0", "dog");
    ClassNames some = ClassNames.of(system, List.of("dog"), Map.of());
    assertThat(some.requireSome("net", system, List.of("dog"))).containsExactly("class_0");
    ClassNames none = ClassNames.of(system, List.of("cat"), Map.of());
    assertThatThrownBy(() -> none.requireSome("net", system, List.of("cat")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("net: classes: none of [class_0, dog]")
        .hasMessageContaining("--class-map");
  }

  @Test
  void whereTheDataSetHasTheSameNameTheMapIsNotAsked() {
    List<String> starss23 = SeldDataset.STARSS23_CLASSES;
    ClassNames names = ClassNames.of(starss23, starss23, ClassNames.starss23());
    for (int c = 0; c < starss23.size(); c++) {
      assertThat(names.of(c)).isEqualTo(c);
    }
  }

  @Test
  void theMapThatShipsSpeaksOfStarss23Classes() {
    assertThat(SeldDataset.STARSS23_CLASSES).containsAll(ClassNames.starss23().keySet());
  }

  @Test
  void whatIsNoMapIsNamed(@TempDir Path folder) {
    Path file = folder.resolve("map.json");
    for (String text : List.of("[1]", "null", "{\"dog\": null}")) {
      AtomicFile.writeText(file, text);
      assertThatThrownBy(() -> ClassNames.read(file, List.of("dog")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("map.json");
    }
    AtomicFile.writeText(file, "{\"male_speech\": \"voise\"}");
    assertThatThrownBy(() -> ClassNames.read(file, List.of("voice")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("male_speech: 'voise' is not a class of the data set");
  }
}
