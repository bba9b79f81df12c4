package org.hearsight.core.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/** What kind of checkpoint a file is, by its first bytes: names lie ({@code .h5} of PyTorch). */
enum FileFormat {
  SAFETENSORS,
  TORCH_ZIP,
  TORCH_LEGACY;

  /** What helps with a file of PyTorch that holds more than weights, or them in another way. */
  static final String SAVE_AGAIN =
      "take the same weights as a .safetensors file if there is one, or save the state_dict alone"
          + " with torch.save(model.state_dict(), …)";

  private static final int LOOK = 64;
  private static final String EXPECTED = "expected a PyTorch state_dict or a safetensors file";
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};

  /**
   * @throws InputException if it is none of these, with what it is instead where that is known
   */
  static FileFormat of(Path file) {
    long size = InputFile.size(file);
    if (size == 0) {
      throw new InputException(file, "is empty", "download or save the file again");
    }
    byte[] start;
    try (InputStream in = InputFile.stream(file)) {
      start = in.readNBytes(LOOK);
    } catch (IOException e) {
      throw InputFile.cannotRead(file, e);
    }
    if (startsWith(start, ZIP)) {
      return TORCH_ZIP;
    }
    if (startsWith(start, TorchLegacy.MAGIC)) {
      return TORCH_LEGACY;
    }
    if (start.length > 8 && start[8] == '{' && headerLength(start) <= size) {
      return SAFETENSORS;
    }
    throw refusal(file, start);
  }

  private static InputException refusal(Path file, byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT).strip();
    if (startsWith(start, HDF5)) {
      return new InputException(
          file,
          "is an HDF5 file, " + EXPECTED + " (some PyTorch files are named .h5)",
          "if it comes from Keras, convert its weights to safetensors");
    }
    if (startsWith(start, GZIP)) {
      return new InputException(file, "is compressed with gzip", "unpack it with gunzip first");
    }
    if (text.startsWith("version https://git-lfs")) {
      return new InputException(
          file, "is a Git LFS pointer, not the file itself", "fetch it with git lfs pull");
    }
    if (text.startsWith("<!doctype") || text.startsWith("<html")) {
      return new InputException(
          file, "is a web page, not the file itself", "download the raw file behind the page");
    }
    if (start[0] == (byte) 0x80) {
      return new InputException(file, "is a bare Python pickle, " + EXPECTED, SAVE_AGAIN);
    }
    return new InputException(
        file, "is not a checkpoint, " + EXPECTED, "check the path or download the file again");
  }

  private static long headerLength(byte[] start) {
    long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length < 0 ? Long.MAX_VALUE : length;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
