package org.hearsight.learning.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import org.hearsight.core.error.InputException;
import org.hearsight.learning.encode.EncodedSet.Encoded;
import org.hearsight.learning.encode.EncodedSet.Layout;
import org.hearsight.learning.encode.EncodedSet.Part;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodedSetTest {
  private static final Layout LAYOUT = new Layout(2, 3, 4, 5, 6, 7);
  private static final int HEADER = 512;
  private static final int RECORD = 4 * (2 * 3 + 2 * 4 + 2 * 5 + 6 * 7 + 6 * 2 + 1) + 4;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("sub/encoded.bin");
  }

  private static Encoded scenario(int number) {
    return new Encoded(
        filled(6, number),
        filled(8, number + 0.1f),
        filled(10, number + 0.2f),
        filled(42, number + 0.3f),
        filled(12, number + 0.4f),
        number + 0.5f);
  }

  private static float[] filled(int n, float start) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = start + 1000 * i;
    }
    return values;
  }

  private void write(int count) {
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      for (int i = 0; i < count; i++) {
        set.append(scenario(i));
      }
    }
  }

  private static void assertHolds(EncodedSet set, int index, int number) {
    Encoded expected = scenario(number);
    assertThat(part(set, index, Part.AUDIO)).containsExactly(expected.audio());
    assertThat(part(set, index, Part.BOUNDARY)).containsExactly(expected.boundary());
    assertThat(part(set, index, Part.CUES)).containsExactly(expected.cues());
    assertThat(part(set, index, Part.VISUAL)).containsExactly(expected.visual());
    assertThat(part(set, index, Part.GEOMETRY)).containsExactly(expected.geometry());
    assertThat(part(set, index, Part.OCCLUSION)).containsExactly(expected.occlusion());
  }

  private static float[] part(EncodedSet set, int index, Part part) {
    int n = LAYOUT.floats(part);
    float[] out = new float[n + 2];
    set.copy(index, part, out, 1);
    assertThat(out[0] + out[n + 1]).isZero();
    return Arrays.copyOfRange(out, 1, n + 1);
  }

  @Test
  void whatIsWrittenIsReadAfterReopening() {
    write(3);
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      assertThat(set.size()).isEqualTo(3);
      for (int i : new int[] {2, 0, 1}) {
        assertHolds(set, i, i);
      }
    }
    assertThat(file).hasSize(HEADER + 3 * RECORD);
  }

  @Test
  void goesOnAfterTheLastWholeRecord() throws IOException {
    write(3);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, HEADER + 2 * RECORD + 17));
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      assertThat(set.size()).isEqualTo(2);
      set.append(scenario(2));
    }
    assertThat(file).hasBinaryContent(bytes);
  }

  @Test
  void recordsOfAnotherSetAreAppendedAsTheyAre() throws IOException {
    write(5);
    byte[] whole = Files.readAllBytes(file);
    Path first = folder.resolve("first.bin");
    Path rest = folder.resolve("rest.bin");
    try (EncodedSet part = EncodedSet.open(rest, LAYOUT, "abc")) {
      for (int i = 1; i < 5; i++) {
        part.append(scenario(i));
      }
    }
    try (EncodedSet set = EncodedSet.open(first, LAYOUT, "abc")) {
      set.append(scenario(0));
      set.append(scenario(1));
      try (EncodedSet part = EncodedSet.open(rest, LAYOUT, "abc")) {
        set.appendAll(part, 1);
        set.appendAll(part, 4); // nothing follows
      }
      assertHolds(set, 3, 3);
    }
    assertThat(first).hasBinaryContent(whole);
  }

  @Test
  void recordsThatDependOnSomethingElseAreNotAppended() {
    write(1);
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc");
        EncodedSet other = EncodedSet.open(folder.resolve("other.bin"), LAYOUT, "abd")) {
      other.append(scenario(1));
      assertThatThrownBy(() -> set.appendAll(other, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("has another header");
      assertThat(set.size()).isEqualTo(1);
    }
  }

  @Test
  void anotherFingerprintOrLayoutBeginsAnew() {
    write(3);
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abd")) {
      assertThat(set.size()).isZero();
      set.append(scenario(9));
      assertHolds(set, 0, 9);
    }
    assertThat(file).hasSize(HEADER + RECORD);
    try (EncodedSet set = EncodedSet.open(file, new Layout(2, 3, 4, 5, 6, 8), "abd")) {
      assertThat(set.size()).isZero();
    }
  }

  @Test
  void everyDamagedByteOfARecordIsNoticedAndTheRecordMadeAgain() throws IOException {
    write(3);
    byte[] good = Files.readAllBytes(file);
    for (int at = HEADER + RECORD; at < HEADER + 2 * RECORD; at += 37) {
      byte[] bad = good.clone();
      bad[at] ^= 4;
      Files.write(file, bad);
      try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
        assertThat(set.size()).isOne();
        assertThat(set.dropped()).isEqualTo(2);
        set.append(scenario(1));
        set.append(scenario(2));
        assertHolds(set, 0, 0);
      }
      assertThat(file).hasBinaryContent(good);
    }
  }

  @Test
  void aRecordBeyondTheEndIsRefused() {
    write(1);
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      assertThatThrownBy(() -> part(set, 1, Part.AUDIO))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void whoeverComesWhileItIsWrittenIsRefused() {
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      set.append(scenario(0));
      assertThatThrownBy(() -> EncodedSet.open(file, LAYOUT, "abd"))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file + ": is in use by another run");
      assertHolds(set, 0, 0);
    }
  }

  @Test
  void aFinishedSetIsReadOnly() {
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      set.append(scenario(0));
      set.finish();
      assertHolds(set, 0, 0);
      assertThatThrownBy(() -> set.append(scenario(1))).isInstanceOf(InputException.class);
    }
  }

  @Test
  void anInterruptStopsAndLeavesTheWholeRecords() {
    EncodedSet set = EncodedSet.open(file, LAYOUT, "abc");
    set.append(scenario(0));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> set.append(scenario(1))).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    set.close();
    try (EncodedSet again = EncodedSet.open(file, LAYOUT, "abc")) {
      assertThat(again.size()).isOne();
      assertHolds(again, 0, 0);
    }
  }

  @Test
  void aPartOfTheWrongSizeIsAFaultOfOurs() {
    try (EncodedSet set = EncodedSet.open(file, LAYOUT, "abc")) {
      Encoded e = scenario(0);
      Encoded wrong =
          new Encoded(new float[5], e.boundary(), e.cues(), e.visual(), e.geometry(), 0);
      assertThatThrownBy(() -> set.append(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThat(set.size()).isZero();
    }
  }

  @Test
  void anUnwritableFolderIsNamed() throws IOException {
    Files.writeString(folder.resolve("sub"), "a file");
    assertThatThrownBy(() -> EncodedSet.open(file, LAYOUT, "abc"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder.resolve("sub").toString());
  }
}
