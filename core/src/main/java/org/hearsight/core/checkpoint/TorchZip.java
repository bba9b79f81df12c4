package org.hearsight.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * PyTorch's archive since 1.6: a zip of {@code NAME/data.pkl}, {@code NAME/data/KEY} and a few
 * notes.
 *
 * <p>Records are read into memory and nothing is unpacked, so an entry's path is only a key. Every
 * record is stored uncompressed and all together fit the file, so no record can be a bomb.
 */
final class TorchZip implements TorchStorages, Closeable {
  private static final int LARGEST_PICKLE = 16 << 20;

  /** Of all records that are read: they stay in memory, and networks read here have 0.1 GB. */
  private static final long MOST_BYTES = 1L << 30;

  private static final int MOST_ENTRIES = 200_000;
  private static final String PICKLE = "data.pkl";
  private static final String DAMAGED = "download the file again";

  private final Path file;
  private final ZipFile zip;
  private final String prefix;
  private final ByteOrder order;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final Map<String, ByteBuffer> loaded = new HashMap<>();
  private long bytesRead;

  /**
   * @throws InputException if it is not a PyTorch archive or damaged
   */
  static TorchZip open(Path file) {
    long size = InputFile.size(file);
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException(file, "is a cut or damaged zip archive", DAMAGED, e);
    }
    try {
      return new TorchZip(file, zip, size);
    } catch (RuntimeException e) {
      try (zip) {
        throw e;
      } catch (IOException closing) {
        e.addSuppressed(closing);
        throw e;
      }
    }
  }

  private TorchZip(Path file, ZipFile zip, long size) {
    this.file = file;
    this.zip = zip;
    if (zip.size() > MOST_ENTRIES) {
      throw damaged("holds " + zip.size() + " records, expected at most " + MOST_ENTRIES);
    }
    long total = 0;
    for (ZipEntry e : zip.stream().toList()) {
      checkName(e.getName());
      if (entries.putIfAbsent(e.getName(), e) != null) {
        throw damaged("holds " + NamedTensors.quote(e.getName()) + " twice");
      }
      if (e.getMethod() != ZipEntry.STORED || e.getSize() != e.getCompressedSize()) {
        throw new InputException(
            file,
            NamedTensors.quote(e.getName()) + " is compressed, PyTorch stores its records as is",
            "save the file again with torch.save, or unpack and repack it with zip -0");
      }
      total += e.getSize();
      if (e.getSize() < 0 || total < 0 || total > size) {
        throw damaged("claims records of more bytes than the file has");
      }
    }
    this.prefix = prefix();
    this.order = readOrder();
  }

  /** The pickle that describes the tensors. */
  ByteArrayInputStream pickle() {
    ZipEntry entry = entries.get(prefix + PICKLE);
    if (entry.getSize() > LARGEST_PICKLE) {
      throw new InputException(
          file,
          "data.pkl has %d bytes, expected at most %d".formatted(entry.getSize(), LARGEST_PICKLE),
          FileFormat.SAVE_AGAIN);
    }
    return new ByteArrayInputStream(read(entry));
  }

  @Override
  public ByteOrder order() {
    return order;
  }

  @Override
  public ByteBuffer bytes(StorageRef storage) {
    String name = "data/" + storage.key();
    ZipEntry entry = entries.get(prefix + name);
    if (entry == null) {
      throw damaged("record " + NamedTensors.quote(name) + " is missing");
    }
    if (entry.getSize() < storage.bytes()) {
      throw damaged(
          "record %s has %d bytes, data.pkl declares %d"
              .formatted(NamedTensors.quote(name), entry.getSize(), storage.bytes()));
    }
    return loaded
        .computeIfAbsent(storage.key(), key -> ByteBuffer.wrap(read(entry)))
        .slice(0, (int) storage.bytes());
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private String prefix() {
    List<String> pickles =
        entries.keySet().stream()
            .filter(
                n -> n.indexOf('/') == n.length() - PICKLE.length() - 1 && n.endsWith("/" + PICKLE))
            .toList();
    if (pickles.size() != 1) {
      throw new InputException(
          file,
          "is a zip archive with %s data.pkl".formatted(pickles.isEmpty() ? "no" : "more than one"),
          "expected a PyTorch state_dict or a safetensors file");
    }
    String found = pickles.get(0).substring(0, pickles.get(0).length() - PICKLE.length());
    if (entries.containsKey(found + "constants.pkl")) {
      throw new InputException(
          file,
          "is a TorchScript program, expected a state_dict",
          "save it with torch.save(torch.jit.load(…).state_dict(), …)");
    }
    return found;
  }

  private ByteOrder readOrder() {
    ZipEntry entry = entries.get(prefix + "byteorder");
    if (entry == null) {
      return ByteOrder.LITTLE_ENDIAN; // before 2.1: the machine's own, all of them little-endian
    }
    String text = entry.getSize() > 16 ? "" : new String(read(entry), StandardCharsets.US_ASCII);
    return switch (text.strip()) {
      case "little" -> ByteOrder.LITTLE_ENDIAN;
      case "big" -> ByteOrder.BIG_ENDIAN;
      default -> throw damaged("byteorder is neither little nor big");
    };
  }

  /** Nothing is unpacked, but an archive with such names was made to do harm. */
  private void checkName(String name) {
    boolean climbs = List.of(name.split("/", -1)).contains("..");
    if (climbs || name.startsWith("/") || name.contains("\\") || name.indexOf(':') == 1) {
      throw new InputException(
          file,
          "entry " + NamedTensors.quote(name) + " points outside the archive",
          "do not open files you do not trust");
    }
  }

  /** At most as many bytes as the file has: see the constructor. */
  private byte[] read(ZipEntry entry) {
    String name = NamedTensors.quote(entry.getName());
    bytesRead += entry.getSize();
    if (bytesRead > MOST_BYTES) {
      throw new InputException(
          file,
          name + " is one of tensors that together have more than 1 GiB",
          "check that it is the checkpoint of one network; or take its .safetensors file");
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry)) {
      if (in.readNBytes(bytes, 0, bytes.length) != bytes.length) {
        throw damaged(name + " is cut short");
      }
    } catch (IOException e) {
      throw new InputException(file, name + " is damaged", DAMAGED, e);
    }
    CRC32 crc = new CRC32();
    crc.update(bytes);
    if (crc.getValue() != entry.getCrc()) {
      throw damaged(name + " does not match its checksum");
    }
    return bytes;
  }

  private InputException damaged(String problem) {
    return new InputException(file, problem, DAMAGED);
  }
}
