package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.core.checkpoint.Pickle.entry;
import static org.hearsight.core.checkpoint.Pickle.floats;
import static org.hearsight.core.checkpoint.Refusals.refusal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file from before PyTorch 1.6 may get wrong; the right ones are in the other tests. */
class LegacyCheckpointTest {
  @TempDir Path folder;

  @Test
  void readsOneMadeByHand() throws IOException {
    StateDict found = StateDict.read(file(pickle(2), keys("0"), storage(2, floats(3, 4))));
    assertThat(found.require("w", 2).floats()).containsExactly(3, 4);
  }

  @Test
  void storagesMustFitThePickle() throws IOException {
    byte[] two = storage(2, floats(3, 4));
    assertThat(refusal(file(pickle(2), keys("1"), two)))
        .startsWith("its list of storages does not fit its pickle;");
    assertThat(refusal(file(pickle(2), keys("0", "0"), two)))
        .startsWith("its list of storages does not fit its pickle;");
    assertThat(refusal(file(pickle(2), keys(), two))).startsWith("storage \"0\" is missing;");
    assertThat(refusal(file(pickle(2), new Pickle().ops("}").stop(), two)))
        .startsWith("its list of storages is not a list;");
    assertThat(refusal(file(pickle(2), keys("0"), storage(3, floats(1, 2, 3)))))
        .startsWith("storage \"0\" holds 3 values, its pickle declares 2;");
    assertThat(refusal(file(pickle(2), keys("0"), storage(2, floats(1)))))
        .startsWith("is cut short within storage \"0\";");
    assertThat(refusal(file(pickle(2), keys("0"), new byte[7])))
        .startsWith("is cut short before storage \"0\";");
    long huge = 1L << 40;
    assertThat(refusal(file(pickle(huge), keys("0"), storage(huge, new byte[8]))))
        .startsWith("is cut short within storage \"0\";");
  }

  @Test
  void itsPicklesAreGuardedToo() throws IOException {
    byte[] evil = entry("w").global("posix", "system").ops(")Rs").stop();
    assertThat(refusal(file(evil, keys("0"))))
        .startsWith("its pickle asks for posix.system, which is not a tensor; do not open files");
    assertThat(refusal(file(pickle(2), evil)))
        .startsWith("its list of storages asks for posix.system");
    assertThat(refusal(file(pickle(2)))).startsWith("its list of storages is cut short");
    assertThat(refusal(write(TorchLegacy.MAGIC, new Pickle().number(9).stop())))
        .startsWith("starts like a PyTorch file before 1.6, but is of no known protocol;");
    assertThat(refusal(write(TorchLegacy.MAGIC, new byte[0])))
        .startsWith("its second pickle is cut short");
  }

  @Test
  void oneStorageHasOneDescription() throws IOException {
    byte[] pickle =
        entry("w")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .text("v")
            .tensor("Double", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .stop();
    assertThat(refusal(file(pickle, keys("0"), storage(2, floats(1, 2)))))
        .startsWith("its pickle is damaged: storage \"0\" is described twice, differently;");
  }

  private static byte[] pickle(long elements) {
    return Pickle.oneTensor(elements, 0, new long[] {2}, new long[] {1});
  }

  private static byte[] keys(String... keys) {
    Pickle list = new Pickle().ops("](");
    for (String k : keys) {
      list.text(k);
    }
    return list.ops("e").stop();
  }

  private static byte[] storage(long elements, byte[] values) {
    return ByteBuffer.allocate(8 + values.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(elements)
        .put(values)
        .array();
  }

  private Path file(byte[]... parts) throws IOException {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    rest.writeBytes(new Pickle().op('M', 0xe9, 3).stop());
    rest.writeBytes(new Pickle().ops("}").stop());
    for (byte[] part : parts) {
      rest.writeBytes(part);
    }
    return write(TorchLegacy.MAGIC, rest.toByteArray());
  }

  private Path write(byte[] start, byte[] rest) throws IOException {
    byte[] all = ByteBuffer.allocate(start.length + rest.length).put(start).put(rest).array();
    return Files.write(folder.resolve("x.pth"), all);
  }
}
