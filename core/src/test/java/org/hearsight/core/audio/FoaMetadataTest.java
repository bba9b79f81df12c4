package org.hearsight.core.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files say of their channels: made by hand, from the formats' specifications. */
class FoaMetadataTest {
  /** {00000001-0721-11D3-8644-C8C1CA000000} without its first two bytes. */
  private static final String B_FORMAT = "00002107d3118644c8c1ca000000";

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  /** The four channels hold 0.1, 0.2, 0.3, … in every sample. */
  private static byte[] samples(int channels) {
    ByteBuffer b = little(4 * 10 * channels);
    for (int i = 0; i < 10 * channels; i++) {
      b.putFloat(0.1f * (1 + i % channels));
    }
    return whole(b);
  }

  private static byte[] whole(ByteBuffer b) {
    byte[] all = new byte[b.capacity()];
    b.get(0, all);
    return all;
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] plainFloat(int channels) {
    return little(16)
        .putShort((short) 3)
        .putShort((short) channels)
        .putInt(24_000)
        .putInt(24_000 * 4 * channels)
        .putShort((short) (4 * channels))
        .putShort((short) 32)
        .array();
  }

  private static byte[] extensible(int channels, String tail) {
    ByteBuffer b =
        little(40)
            .put(plainFloat(channels))
            .putShort(0, (short) 0xFFFE)
            .putShort((short) 22)
            .putShort((short) 32)
            .putInt(0)
            .putShort((short) 3);
    for (int i = 0; i < tail.length(); i += 2) {
      b.put((byte) Integer.parseInt(tail.substring(i, i + 2), 16));
    }
    return whole(b);
  }

  /** Tracks of a file in {@code chna}, from track 1 on. */
  private static byte[] chna(String... references) {
    ByteBuffer b = little(4 + 40 * references.length);
    b.putShort((short) references.length).putShort((short) references.length);
    for (int i = 0; i < references.length; i++) {
      int at = 4 + 40 * i;
      b.putShort(at, (short) (i + 1));
      b.put(at + 2, "ATU_%08d".formatted(i + 1).getBytes(StandardCharsets.US_ASCII));
      b.put(at + 14, references[i].getBytes(StandardCharsets.US_ASCII));
      b.put(at + 28, "AP_00040011".getBytes(StandardCharsets.US_ASCII));
    }
    return whole(b);
  }

  /** A WAV file of these chunks: name, content, name, content, … */
  private Path file(Object... chunks) throws IOException {
    ByteBuffer b = little(1 << 16).put("RIFF....WAVE".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < chunks.length; i += 2) {
      byte[] content = (byte[]) chunks[i + 1];
      b.put(((String) chunks[i]).getBytes(StandardCharsets.US_ASCII));
      b.putInt(content.length).put(content);
      b.position(b.position() + content.length % 2);
    }
    b.putInt(4, b.position() - 8);
    Path file = folder.resolve("a.wav");
    byte[] bytes = new byte[b.position()];
    b.flip().get(bytes);
    return Files.write(file, bytes);
  }

  /** W, Y, Z, X as they are read. */
  private void assertRead(Path file, FoaFormat said, double... expected) {
    float[][] foa = Foa.read(file, said, notes::add).channels();
    for (int c = 0; c < 4; c++) {
      assertThat(foa[c][5]).isCloseTo((float) expected[c], within(1e-6f));
    }
  }

  @Test
  void subFormatsOfBFormatAreFuMa() throws IOException {
    Path file = file("fmt ", extensible(4, B_FORMAT), "data", samples(4));
    assertRead(file, null, 0.1 * Math.sqrt(2), 0.3, 0.4, 0.2);
    assertThat(notes).containsExactly(file + ": read as fuma, by its sub-format (B-format, .amb)");
  }

  @Test
  void whatIsSaidGoesBeforeAndAContradictionIsNoted() throws IOException {
    Path file = file("fmt ", extensible(4, B_FORMAT), "data", samples(4));
    assertRead(file, FoaFormat.AMBIX, 0.1, 0.2, 0.3, 0.4);
    assertThat(notes)
        .containsExactly(
            file + ": read as ambix, as asked, though its sub-format (B-format, .amb) says fuma");
    notes.clear();
    assertRead(file, FoaFormat.FUMA, 0.1 * Math.sqrt(2), 0.3, 0.4, 0.2);
    assertThat(notes).isEmpty();
  }

  /** BS.2094: AT_0004 and ACN + 1, plus 0x100 for N3D, 0x200 for FuMa. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void commonDefinitionsAreKnownBeforeAndBehindTheSound(boolean before) throws IOException {
    byte[] tracks = chna("AT_00040101_01", "AT_00040102_01", "AT_00040103_01", "AT_00040104_01");
    Path file =
        before
            ? file("chna", tracks, "fmt ", plainFloat(4), "data", samples(4))
            : file("fmt ", plainFloat(4), "data", samples(4), "chna", tracks);
    double n = Math.sqrt(3);
    assertRead(file, null, 0.1, 0.2 / n, 0.3 / n, 0.4 / n);
    assertThat(notes).containsExactly(file + ": read as acn-n3d, by its ADM metadata");
  }

  @Test
  void tracksMayLieInAnyOrderBetweenOthers() throws IOException {
    byte[] tracks =
        chna("AT_00010001_01", "AC_00040004_00", "AC_00040003_00", "AC_00040002_00", "AC_00040001");
    Path file = file("fmt ", plainFloat(5), "chna", tracks, "data", samples(5));
    assertRead(file, null, 0.5, 0.4, 0.3, 0.2);
    assertThat(notes)
        .containsExactly(
            file + ": read as W, Y, Z, X in channels 5, 4, 3, 2, weights SN3D, by its ADM metadata",
            file + ": 5 channels are not a whole order: those of the first order are heard");
  }

  @Test
  void definitionsOfTheirOwnAreRead() throws IOException {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><ebuCoreMain><audioFormat>");
    int[][] places = {{0, 0}, {1, 1}, {1, -1}, {1, 0}}; // order and degree: W, X, Y, Z
    for (int i = 0; i < 4; i++) {
      xml.append(
          """
          <audioChannelFormat audioChannelFormatID="AC_0004100%1$d" typeDefinition="HOA">
            <audioBlockFormat audioBlockFormatID="AB_0004100%1$d_00000001">
              <order>%2$d</order><degree> %3$d </degree><normalization>FuMa</normalization>
            </audioBlockFormat>
          </audioChannelFormat>
          <audioStreamFormat audioStreamFormatID="AS_0004200%1$d">
            <audioChannelFormatIDRef>AC_0004100%1$d</audioChannelFormatIDRef>
          </audioStreamFormat>
          <audioTrackFormat audioTrackFormatID="AT_0004300%1$d_01">
            <audioStreamFormatIDRef>AS_0004200%1$d</audioStreamFormatIDRef>
          </audioTrackFormat>
          """
              .formatted(i, places[i][0], places[i][1]));
    }
    xml.append("</audioFormat></ebuCoreMain>");
    byte[] axml = xml.toString().getBytes(StandardCharsets.UTF_8);
    byte[] tracks = chna("AT_00043000_01", "AT_00043001_01", "AT_00043002_01", "AT_00043003_01");
    Path file = file("fmt ", plainFloat(4), "data", samples(4), "axml", axml, "chna", tracks);
    assertRead(file, null, 0.1 * Math.sqrt(2), 0.3, 0.4, 0.2);
    assertThat(notes).containsExactly(file + ": read as fuma, by its ADM metadata");
  }

  @Test
  void whatIsNotUnderstoodIsNotBelieved() throws IOException {
    byte[] speakers = chna("AT_00010001_01", "AT_00010002_01", "AT_00010005_01", "AT_00010006_01");
    Path file = file("fmt ", plainFloat(4), "data", samples(4), "chna", speakers);
    assertRead(file, null, 0.1, 0.2, 0.3, 0.4);
    assertThat(notes)
        .containsExactly(
            file
                + ": its ADM metadata does not name the four channels of the first order;"
                + " read as ambix");
    notes.clear();
    byte[] twice = chna("AT_00040001_01", "AT_00040002_01", "AT_00040002_01", "AT_00040004_01");
    assertRead(
        file("fmt ", plainFloat(4), "data", samples(4), "chna", twice), null, 0.1, 0.2, 0.3, 0.4);
    assertThat(notes).hasSize(1);
    notes.clear();
    byte[] own = chna("AT_00041001_01", "AT_00041002_01", "AT_00041003_01", "AT_00041004_01");
    byte[] hostile =
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"
            .getBytes(StandardCharsets.UTF_8);
    assertRead(
        file("fmt ", plainFloat(4), "data", samples(4), "chna", own, "axml", hostile),
        null,
        0.1,
        0.2,
        0.3,
        0.4);
    assertThat(notes).hasSize(1);
  }

  /** Of Core Audio: W, X, Y, Z; ACN with SN3D; with N3D; four loudspeakers. */
  @Test
  void channelLayoutsOfCafAreBelieved() throws IOException {
    assertThat(layout(107)).isEqualTo(FoaFormat.FUMA);
    assertThat(layout(190)).isEqualTo(FoaFormat.AMBIX);
    assertThat(layout(191)).isEqualTo(FoaFormat.ACN_N3D);
    assertThat(layout(108)).isNull();
  }

  private FoaFormat layout(int tag) throws IOException {
    ByteBuffer b = ByteBuffer.allocate(8 + 12 + 32 + 12 + 12);
    b.put("caff".getBytes(StandardCharsets.US_ASCII)).putInt(1 << 16);
    b.put("desc".getBytes(StandardCharsets.US_ASCII)).putLong(32).position(8 + 12 + 32);
    b.put("chan".getBytes(StandardCharsets.US_ASCII)).putLong(12).putInt(tag << 16 | 4);
    FoaMetadata read = FoaMetadata.of(Files.write(folder.resolve("a.caf"), b.array()));
    return read == null ? null : read.format();
  }

  @Test
  void filesThatSayAmbixOrNothingAreReadWithoutAWord() throws IOException {
    byte[] tracks = chna("AT_00040001_01", "AT_00040002_01", "AT_00040003_01", "AT_00040004_01");
    assertRead(
        file("fmt ", plainFloat(4), "data", samples(4), "chna", tracks), null, 0.1, 0.2, 0.3, 0.4);
    assertRead(file("fmt ", plainFloat(4), "data", samples(4)), null, 0.1, 0.2, 0.3, 0.4);
    assertThat(notes).isEmpty();
  }
}
