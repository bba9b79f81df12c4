package org.hearsight.core.checkpoint;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hearsight.core.error.InputException;

/**
 * PyTorch's file before 1.6: five pickles (magic number, protocol, system, object, storage keys),
 * then for each key the number of values and the values.
 */
final class TorchLegacy implements TorchStorages {
  /** What the file starts with: the pickled magic number. */
  static final byte[] MAGIC = {
    (byte) 0x80,
    2,
    (byte) 0x8a,
    10,
    0x6c,
    (byte) 0xfc,
    (byte) 0x9c,
    0x46,
    (byte) 0xf9,
    0x20,
    0x6a,
    (byte) 0xa8,
    0x50,
    0x19,
    '.'
  };

  private static final BigInteger MAGIC_NUMBER = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final int PROTOCOL = 1001;
  private static final int LARGEST_PICKLES = 16 << 20;
  private static final String DAMAGED = "download the file again";

  private final Path file;
  private final Object root;
  private final Map<String, ByteBuffer> storages = new HashMap<>();

  /**
   * @throws InputException if the file is damaged or asks for more than data
   */
  TorchLegacy(Path file) {
    this.file = file;
    FileBytes bytes = FileBytes.open(file);
    byte[] head = new byte[(int) Math.min(bytes.size(), LARGEST_PICKLES)];
    bytes.slice(0, head.length).get(head);
    ByteArrayInputStream in = new ByteArrayInputStream(head);
    Object magic = new TorchUnpickler(file, "its first pickle").read(in);
    Object protocol = new TorchUnpickler(file, "its second pickle").read(in);
    if (!MAGIC_NUMBER.equals(magic) || !Integer.valueOf(PROTOCOL).equals(protocol)) {
      throw damaged("starts like a PyTorch file before 1.6, but is of no known protocol");
    }
    // Types' sizes on the machine that wrote it; the values are little-endian everywhere.
    new TorchUnpickler(file, "its third pickle").read(in);
    TorchUnpickler unpickler = new TorchUnpickler(file, "its pickle");
    this.root = unpickler.read(in);
    Object keys = new TorchUnpickler(file, "its list of storages").read(in);
    if (!(keys instanceof List<?> list)) {
      throw damaged("its list of storages is not a list");
    }
    readStorages(bytes, head.length - in.available(), list, unpickler.storages());
  }

  /** What was saved. */
  Object root() {
    return root;
  }

  @Override
  public ByteOrder order() {
    return ByteOrder.LITTLE_ENDIAN;
  }

  @Override
  public ByteBuffer bytes(StorageRef storage) {
    ByteBuffer found = storages.get(storage.key());
    if (found == null) {
      throw damaged("storage " + NamedTensors.quote(storage.key()) + " is missing");
    }
    return found;
  }

  private void readStorages(
      FileBytes bytes, long start, List<?> keys, Map<String, StorageRef> declared) {
    long at = start;
    for (Object key : keys) {
      StorageRef ref = key instanceof String s ? declared.get(s) : null;
      if (ref == null || storages.containsKey(ref.key())) {
        throw damaged("its list of storages does not fit its pickle");
      }
      String name = "storage " + NamedTensors.quote(ref.key());
      if (bytes.size() - at < Long.BYTES) {
        throw damaged("is cut short before " + name);
      }
      long elements = bytes.slice(at, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
      at += Long.BYTES;
      if (elements != ref.elements()) {
        throw damaged(
            "%s holds %d values, its pickle declares %d".formatted(name, elements, ref.elements()));
      }
      if (ref.bytes() > bytes.size() - at) {
        throw damaged("is cut short within " + name);
      }
      if (ref.bytes() > Integer.MAX_VALUE) {
        throw new InputException(
            file, name + " is larger than 2 GiB", "save the tensors in smaller storages");
      }
      storages.put(ref.key(), bytes.slice(at, (int) ref.bytes()));
      at += ref.bytes();
    }
  }

  private InputException damaged(String problem) {
    return new InputException(file, problem, DAMAGED);
  }
}
