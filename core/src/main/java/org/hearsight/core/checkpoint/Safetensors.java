package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.checkpoint.SafetensorsHeader.Entry;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.tensor.Tensor;

/**
 * A safetensors file: named tensors and a little text, nothing that runs.
 *
 * <p>Layout (huggingface/safetensors): header length as 64-bit little-endian integer, JSON header
 * {@code {"name": {"dtype", "shape", "data_offsets"}, "__metadata__": {…}}}, then the values,
 * row-major and little-endian, without gaps.
 *
 * @param path where it was read, for messages
 * @param tensors in the order of the header
 * @param metadata free text, as in {@code __metadata__}
 */
public record Safetensors(Path path, Map<String, Tensor> tensors, Map<String, String> metadata) {

  public Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads a whole file; tensors of large files stay in the mapped file until they are used.
   *
   * @throws InputException if it is not a safetensors file or damaged in any way
   */
  public static Safetensors read(Path file) {
    return read(file, SafetensorsHeader.ELSEWHERE);
  }

  /**
   * As {@link #read(Path)}.
   *
   * @param remedy what to do if it is damaged, which depends on who wrote it
   */
  public static Safetensors read(Path file, String remedy) {
    FileBytes bytes = FileBytes.open(file);
    SafetensorsHeader header = SafetensorsHeader.read(file, bytes, remedy);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Entry e : header.entries()) {
      ByteBuffer data = bytes.slice(header.dataStart() + e.begin(), (int) (e.end() - e.begin()));
      tensors.put(e.name(), new Tensor(e.dtype(), e.shape(), data));
    }
    return new Safetensors(file, tensors, header.metadata());
  }

  /**
   * Writes a file in one step; the same maps in the same order give the same bytes.
   *
   * <p>The header keeps the map's order (pass one that has an order); the values are laid out by
   * element size, largest first, so that every tensor is aligned. Metadata is sorted by key.
   *
   * @throws InputException if the file cannot be written
   */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
    Map<String, Long> begins = new LinkedHashMap<>();
    List<Map.Entry<String, Tensor>> layout = new ArrayList<>(tensors.entrySet());
    layout.sort(Comparator.comparingInt(e -> -e.getValue().dtype().bytes()));
    long at = 0;
    for (Map.Entry<String, Tensor> e : layout) {
      begins.put(e.getKey(), at);
      at += e.getValue().bytes().remaining();
    }
    List<Entry> entries = new ArrayList<>();
    tensors.forEach(
        (name, t) -> {
          long begin = begins.get(name);
          entries.add(new Entry(name, t.dtype(), t.shape(), begin, begin + t.bytes().remaining()));
        });
    ByteBuffer header = SafetensorsHeader.render(entries, metadata);
    AtomicFile.write(
        file,
        out -> {
          WritableByteChannel channel = Channels.newChannel(out);
          writeFully(channel, header);
          for (Map.Entry<String, Tensor> e : layout) {
            writeFully(channel, e.getValue().bytes());
          }
        });
  }

  /**
   * The tensor of that name.
   *
   * @param shape the sizes it must have, −1 where any will do
   * @throws InputException if it is missing, of another shape, or holds NaN or infinity
   */
  public Tensor require(String name, int... shape) {
    return NamedTensors.require(path, tensors, name, shape);
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
