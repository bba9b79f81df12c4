package org.hearsight.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.hearsight.core.file.InputFile;

/**
 * What a WAV file says of its channels: a sub-format of B-format ({@code .amb}, always FuMa; R.
 * Dobson, <i>AMB Ambisonic file format</i>), or the audio definition model in its chunks {@code
 * chna} and {@code axml} (ITU-R BS.2088, BS.2076; the common definitions are those of BS.2094); or
 * a CAF file in its {@link CafLayout}.
 *
 * @param format that it names; null if what it says is no first-order ambisonics, or is not
 *     understood
 * @param words who says it, for people
 */
record FoaMetadata(FoaFormat format, String words) {
  private static final String B_FORMAT = "its sub-format (B-format, .amb)";
  private static final String ADM = "its ADM metadata";
  private static final String CAF = "its channel layout (CAF)";

  /**
   * In {@code chna}: two counts, then by track its number, its own name, what it holds, its pack.
   */
  private static final int HEAD_BYTES = 4;

  private static final int TRACK_BYTES = 40;
  private static final int REFERENCE = 14;
  private static final int REFERENCE_BYTES = 14;

  /**
   * What a file is read as.
   *
   * @param named did a person or the file say so?
   */
  record Choice(FoaFormat format, boolean named) {}

  /**
   * The format to read a file in: what a person says goes before what the file says, and a
   * contradiction is noted.
   *
   * @param said null if nobody did
   * @param notes takes what is to be known of it
   */
  static Choice settle(Path file, FoaFormat said, Consumer<String> notes) {
    FoaMetadata own = of(file);
    FoaFormat named = said == null && own != null ? own.format : said;
    FoaFormat format = named == null ? FoaFormat.AMBIX : named;
    if (own != null) {
      own.tell(file, said, format, notes);
    }
    return new Choice(format, named != null);
  }

  private void tell(Path file, FoaFormat said, FoaFormat taken, Consumer<String> notes) {
    if (format == null && said == null) {
      notes.accept(
          "%s: %s does not name the four channels of the first order; read as %s"
              .formatted(file, words, taken.name()));
    } else if (said == null && !taken.equals(FoaFormat.AMBIX)) {
      notes.accept("%s: read as %s, by %s".formatted(file, taken.name(), words));
    } else if (format != null && !taken.equals(format)) {
      notes.accept(
          "%s: read as %s, as asked, though %s says %s"
              .formatted(file, taken.name(), words, format.name()));
    }
  }

  /** Reads it; null if the file says nothing that is understood here. */
  static FoaMetadata of(Path file) {
    try (FileChannel channel = InputFile.channel(file)) {
      WavChunks chunks = new WavChunks(channel);
      boolean wav = WavHeader.isWav(channel);
      if (!wav && !Wave64.isAt(chunks)) {
        FoaFormat caf = CafLayout.of(chunks);
        return caf == null ? null : new FoaMetadata(caf, CAF);
      }
      WavHeader header = WavHeader.read(file, channel);
      if (header.isBFormat()) {
        return new FoaMetadata(FoaFormat.FUMA, B_FORMAT);
      }
      return wav ? adm(chunks, header) : null;
    } catch (ForeignSound e) {
      return null; // WAV in an encoding that others read
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
  }

  private static FoaMetadata adm(WavChunks chunks, WavHeader header) throws IOException {
    ByteBuffer tracks = null;
    String xml = "";
    long position = WavChunks.FIRST;
    for (int i = 0; i < WavChunks.MOST; i++) {
      WavChunks.Chunk chunk = chunks.at(position);
      if (chunk == null) {
        break;
      }
      int length = (int) Math.min(chunk.length(), InputFile.SMALL);
      if (chunk.name().equals("chna")) {
        tracks = chunks.bytes(chunk.start(), length);
      } else if (chunk.name().equals("axml")) {
        xml = StandardCharsets.UTF_8.decode(chunks.bytes(chunk.start(), length)).toString();
      }
      if (chunk.start() == header.dataStart()) {
        long bytes = header.frames() * header.frameBytes();
        position = chunks.after(new WavChunks.Chunk(chunk.name(), chunk.start(), bytes));
      } else {
        position = chunks.after(chunk);
      }
    }
    return tracks == null ? null : new FoaMetadata(format(tracks, AdmChannels.read(xml)), ADM);
  }

  /** The first order in any places among the tracks; null if it is not there exactly once. */
  private static FoaFormat format(ByteBuffer tracks, AdmChannels channels) {
    int[] from = new int[Foa.CHANNELS];
    Arrays.fill(from, -1);
    FoaFormat.Weights weights = null;
    for (int at = HEAD_BYTES; at + TRACK_BYTES <= tracks.limit(); at += TRACK_BYTES) {
      int track = (tracks.getShort(at) & 0xFFFF) - 1;
      AdmChannels.Component c = channels.of(reference(tracks, at));
      if (c == null || c.acn() < 0 || c.acn() >= Foa.CHANNELS || track < 0) {
        continue;
      }
      if (from[c.acn()] >= 0 || (weights != null && weights != c.weights())) {
        return null;
      }
      from[c.acn()] = track;
      weights = c.weights();
    }
    boolean whole =
        Arrays.stream(from).allMatch(t -> t >= 0)
            && Arrays.stream(from).distinct().count() == Foa.CHANNELS;
    return whole ? FoaFormat.ambisonic(from, weights) : null;
  }

  private static String reference(ByteBuffer tracks, int at) {
    byte[] raw = new byte[REFERENCE_BYTES];
    tracks.get(at + REFERENCE, raw);
    String text = new String(raw, StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\0');
    return (end < 0 ? text : text.substring(0, end)).strip();
  }
}
