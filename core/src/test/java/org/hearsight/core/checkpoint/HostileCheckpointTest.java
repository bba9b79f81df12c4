package org.hearsight.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hearsight.core.checkpoint.Pickle.entry;
import static org.hearsight.core.checkpoint.Pickle.floats;
import static org.hearsight.core.checkpoint.Pickle.oneTensor;
import static org.hearsight.core.checkpoint.Refusals.refusal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import net.razorvine.pickle.Unpickler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileCheckpointTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/torch_files");
  private static final long[] NONE = {};
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deep_nesting      | data.pkl piles up more than 100000 values: too large
          empty             | is empty;
          eval              | data.pkl asks for __builtin__.eval, which is not a tensor; do not open
          memo_bomb         | data.pkl uses pickle opcode 0x6c, which PyTorch does not write;
          missing_storage   | record "data/0" is missing;
          not_a_checkpoint  | is not a checkpoint, expected a PyTorch state_dict or a safetensors
          os_system         | data.pkl asks for posix.system, which is not a tensor; do not open
          path_traversal    | entry "archive/data/../../../../tmp/evil" points outside the archive;
          shape_overrun     | tensor "w": shape [1073741824] reaches beyond its storage of 4 values;
          truncated         | is a cut or damaged zip archive;
          """)
  void hostileFilesAreRefused(String name, String start) throws IOException {
    // A copy in a folder of its own shows that nothing is written beside it.
    Path file =
        Files.copy(GOLDEN.resolve("hostile_" + name + ".pth"), folder.resolve(name + ".pth"));
    assertThat(refusal(file)).startsWith(start);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files).containsExactlyInAnyOrder(folder, file);
    }
  }

  /** As hostile_os_system and hostile_path_traversal, with a place of their own to show it at. */
  @Test
  void nothingIsRunAndNothingUnpacked() throws IOException {
    Path run = folder.resolve("run");
    byte[] command =
        entry("w").global("posix", "system").ops("(").text("touch " + run).ops("tRs").stop();
    assertThat(refusal(zip(command))).startsWith("data.pkl asks for posix.system");
    assertThat(run).doesNotExist();

    Path deep = Files.createDirectories(folder.resolve("a/b/c"));
    Map<String, byte[]> records =
        Pickle.records(oneTensor(2, 0, new long[] {2}, new long[] {1}), floats(1, 2));
    records.put("archive/data/../../unpacked", new byte[1]);
    Path file = Pickle.zip(deep.resolve("x.pth"), records, ZipEntry.STORED);
    assertThat(refusal(file)).contains("points outside the archive");
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.endsWith("unpacked"))).isEmpty();
    }
  }

  @Test
  void whatIsKeptByNameMakesNothing() throws IOException {
    // A tensor whose maker is what should call it, and so on, would be as deep as the file likes.
    Pickle nested = entry("w");
    for (int level = 0; level < 50_000; level++) {
      nested.global("torch._tensor", "_rebuild_from_type_v2").ops("(");
    }
    assertThat(refusal(zip(nested.stop()))).startsWith("data.pkl ");
    byte[] again =
        entry("w")
            .global("torch._tensor", "_rebuild_from_type_v2")
            .ops("(")
            .global("torch._tensor", "_rebuild_from_type_v2")
            .global("torch", "Tensor")
            .ops("(t}tRs")
            .stop();
    assertThat(refusal(zip(again)))
        .startsWith("data.pkl is damaged: a tensor is made by something else;");
    byte[] other =
        entry("w")
            .global("torch._tensor", "_rebuild_from_type_v2")
            .ops("(")
            .global("posix", "system")
            .stop();
    assertThat(refusal(zip(other))).startsWith("data.pkl asks for posix.system");
    byte[] notATensor =
        entry("w").global("torch._utils", "_rebuild_parameter_with_state").ops("(NNN}tRs").stop();
    assertThat(refusal(zip(notATensor))).startsWith("holds no state_dict");
  }

  @ParameterizedTest
  @CsvSource({
    "posix,system",
    "os,system",
    "builtins,exec",
    "builtins,getattr",
    "torch,load",
    "torch._utils,_rebuild_sparse_tensor",
    "torch.nn.modules.linear,Linear",
    "numpy,load",
    "numpy.core.multiarray,fromfile",
    "numpy.f2py.crackfortran,getlincoef",
    "torch._tensor,_rebuild_from_type",
    "torch.storage,_load_from_bytes",
    "torch.serialization,load",
    "decimal,Decimal",
    "array,array",
    "datetime,datetime",
    "operator,attrgetter",
    "builtins,IOError",
    "exceptions,IOError",
    "torch.storage,UntypedStorage"
  })
  void onlyNamesOnTheListAreLookedUp(String module, String name) throws IOException {
    byte[] global = entry("w").global(module, name).ops(")Rs").stop();
    assertThat(refusal(zip(global)))
        .startsWith("data.pkl asks for " + module + "." + name + ", which is not a tensor; ");
    byte[] stackGlobal = entry("w").text(module).text(name).op(0x93).ops(")Rs").stop();
    assertThat(refusal(zip(stackGlobal))).startsWith("data.pkl asks for " + module + "." + name);
    byte[] instance = new Pickle().ops("}(i" + module + "\n" + name + "\n").stop();
    assertThat(refusal(zip(instance))).startsWith("data.pkl uses pickle opcode 0x69");
  }

  @Test
  void whatOthersRegisterWithTheLibraryIsNotUsed() throws IOException {
    AtomicBoolean called = new AtomicBoolean();
    Unpickler.registerConstructor(
        "torch._utils",
        "_rebuild_tensor_v2",
        args -> {
          called.set(true);
          return "theirs";
        });
    Unpickler.registerConstructor("hostile", "Gadget", args -> called.getAndSet(true));
    Path file = zip(oneTensor(2, 0, new long[] {2}, new long[] {1}), floats(5, 6));
    assertThat(StateDict.read(file).require("w", 2).floats()).containsExactly(5, 6);
    assertThat(refusal(zip(entry("w").global("hostile", "Gadget").ops(")Rs").stop())))
        .startsWith("data.pkl asks for hostile.Gadget");
    assertThat(called).isFalse();
  }

  @Test
  void stateIsDroppedAndNoMethodCalled() throws IOException {
    byte[] pickle =
        entry("w")
            .tensor("Float", "0", 2, 0, new long[] {2}, new long[] {1})
            .ops("}")
            .text("__class__")
            .text("posix.system")
            .ops("sbs}b")
            .stop();
    assertThat(StateDict.read(zip(pickle, floats(5, 6))).require("w", 2).floats())
        .containsExactly(5, 6);
  }

  @Test
  void memoBombsAreNeverWalked() throws IOException {
    Pickle bomb = new Pickle().ops("]q").op(0);
    for (int level = 1; level < 60; level++) {
      bomb.ops("](");
      for (int i = 0; i < 50; i++) {
        bomb.ops("h").op(level - 1);
      }
      bomb.ops("eq").op(level);
    }
    assertThat(refusal(zip(bomb.stop()))).startsWith("holds no state_dict: found a list of 50;");
  }

  @Test
  void trillionsOfLevelsAndLoopsAreHarmless() throws IOException {
    // Lists within lists, built bottom up: depth without height of the stack.
    Pickle deep = new Pickle().ops("]");
    for (int i = 0; i < 200_000; i++) {
      deep.ops("q").op(0).ops("0]h").op(0).ops("a");
    }
    byte[] asValue = deep.ops("q").op(1).ops("0}").text("model").ops("h").op(1).ops("s").stop();
    assertThat(refusal(zip(asValue)))
        .startsWith("holds no state_dict: found a dict of 1 with \"model\";");

    byte[] loop = new Pickle().ops("}q").op(0).text("model").ops("h").op(0).ops("s").stop();
    assertThat(refusal(zip(loop))).startsWith("holds no state_dict: found a dict of 1");

    byte[] asKey = new Pickle().ops("}q").op(0).ops("h").op(0).ops("Ns").stop();
    assertThat(refusal(zip(asKey)))
        .startsWith("data.pkl is damaged: a list or dict is used as a key;");
    byte[] inSet = new Pickle().op(0x8f).ops("(]").op(0x90).stop();
    assertThat(refusal(zip(inSet))).startsWith("holds no state_dict: found a list of 1;");
  }

  @Test
  void keysOfOneHashDoNotSlowTheMap() throws IOException {
    Pickle keys = new Pickle().ops("}(");
    String first = "";
    for (int k = 0; k < 1 << 15; k++) { // "Aa" and "BB" have the same hash
      StringBuilder key = new StringBuilder();
      for (int bit = 0; bit < 15; bit++) {
        key.append((k >> bit & 1) == 0 ? "Aa" : "BB");
      }
      first = first.isEmpty() ? key.toString() : first;
      keys.text(key.toString()).ops("N");
    }
    keys.ops("u");
    for (int i = 0; i < 300_000; i++) {
      keys.op('(', 'J').little(4, first.hashCode()).ops("t0");
    }
    keys.op('J').little(4, first.hashCode()).ops("Ns");
    assertThat(refusal(zip(keys.stop())))
        .startsWith("holds no state_dict: found a dict of 32769 with \"AaAaAa");
    byte[] twice = new Pickle().ops("}(").text("a").ops("N").text("a").ops("Nu").stop();
    assertThat(refusal(zip(twice))).startsWith("data.pkl is damaged: a dict has key \"a\" twice;");
  }

  @Test
  void workIsBounded() throws IOException {
    assertThat(refusal(zip(new Pickle().ops("N0".repeat(3_000_000)).stop())))
        .startsWith("data.pkl takes more than 2000000 steps: too large");
    assertThat(refusal(zip(new Pickle().ops("N".repeat(200_000)).stop())))
        .startsWith("data.pkl piles up more than 100000 values");
    assertThat(refusal(zip(new byte[(16 << 20) + 1])))
        .startsWith("data.pkl has 16777217 bytes, expected at most 16777216;");
    // One long list of pairs, made into a dict again and again.
    Pickle pairs = new Pickle().ops("](");
    for (int i = 0; i < 50_000; i++) {
      pairs.op('J').little(4, i).ops("N").op(0x86);
    }
    pairs.ops("eq").op(0);
    pairs.global("collections", "OrderedDict").ops("q").op(2);
    pairs.ops("h\u0002h\u0000\u0085R0".repeat(100_000));
    assertThat(refusal(zip(pairs.stop()))).startsWith("data.pkl takes more than 2000000 steps");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X", "B", "T"})
  void declaredLengthsAreNotBelieved(String opcode) throws IOException {
    for (long length : new long[] {0x7fffffffL, 0xffffffffL, 0x80000000L, 1000}) {
      assertThat(refusal(zip(new Pickle().ops(opcode).little(4, length).stop())))
          .startsWith("data.pkl is cut short");
    }
    for (int wide : new int[] {0x8d, 0x8e, 0x96}) {
      assertThat(refusal(zip(new Pickle().op(wide).little(8, 1L << 40).stop())))
          .startsWith("data.pkl is cut short");
      assertThat(refusal(zip(new Pickle().op(wide).little(8, -1).stop())))
          .startsWith("data.pkl is cut short");
    }
    assertThat(refusal(zip(new Pickle().op(0x8b).little(4, 0x7fffffff).stop())))
        .startsWith("data.pkl uses pickle opcode 0x8b");
  }

  @Test
  void viewsMustStayWithinTheirStorage() throws IOException {
    byte[] four = floats(1, 2, 3, 4);
    long huge = 1L << 62;
    for (byte[] pickle :
        new byte[][] {
          oneTensor(4, 1, new long[] {4}, new long[] {1}),
          oneTensor(4, 0, new long[] {2, 2}, new long[] {3, 1}),
          oneTensor(4, huge, new long[] {2}, new long[] {huge}),
          oneTensor(4, 0, new long[] {1 << 20, 1 << 20, 1 << 24}, new long[] {0, 0, 0}),
          oneTensor(4, 0, new long[] {1L << 40}, new long[] {0}),
          oneTensor(4, 0, new long[] {2}, new long[] {huge}),
        }) {
      assertThat(refusal(zip(pickle, four))).contains("reaches beyond its storage of 4 values");
    }
    for (byte[] pickle :
        new byte[][] {
          oneTensor(4, -1, new long[] {2}, new long[] {1}),
          oneTensor(4, 0, new long[] {-1}, new long[] {1}),
          oneTensor(4, 3, new long[] {4}, new long[] {-1}),
          oneTensor(4, 0, new long[] {2, 2}, new long[] {1}),
          oneTensor(-4, 0, NONE, NONE),
          oneTensor(huge, 0, NONE, NONE),
        }) {
      assertThat(refusal(zip(pickle, four))).startsWith("data.pkl is damaged: a ");
    }
    assertThat(refusal(zip(oneTensor(5, 0, new long[] {5}, new long[] {1}), four)))
        .startsWith("record \"data/0\" has 16 bytes, data.pkl declares 20;");
    assertThat(refusal(zip(oneTensor(4, 0, new long[] {500_000_000}, new long[] {0}), four)))
        .startsWith("tensor \"w\" repeats few values to fill shape [500000000]");
  }

  @Test
  void manyCopiesOfOneStorageAreBounded() throws IOException {
    Pickle pickle = new Pickle().ops("}(");
    for (int i = 0; i < 200; i++) { // 200 transposed views of one megabyte
      pickle
          .text("t" + i)
          .tensor("Float", "0", 1 << 18, 0, new long[] {512, 512}, new long[] {1, 512});
    }
    assertThat(refusal(zip(pickle.ops("u").stop(), new byte[1 << 20])))
        .contains("repeats few values to fill shape [512, 512]: far larger than the file");
  }

  @Test
  void archivesThatAreNotPyTorchsAreNamed() throws IOException {
    byte[] good = oneTensor(2, 0, new long[] {2}, new long[] {1});
    Map<String, byte[]> records = Pickle.records(good, floats(1, 2));
    Path file = folder.resolve("x.pth");
    assertThat(refusal(Pickle.zip(file, records, ZipEntry.DEFLATED)))
        .startsWith("\"archive/data.pkl\" is compressed, PyTorch stores its records as is;");

    for (String name : new String[] {"/etc/x", "..", "a/../../x", "a\\..\\x", "C:x"}) {
      Map<String, byte[]> climbing = new LinkedHashMap<>(records);
      climbing.put(name, new byte[1]);
      assertThat(refusal(Pickle.zip(file, climbing, ZipEntry.STORED)))
          .endsWith(" points outside the archive; do not open files you do not trust");
    }

    Map<String, byte[]> two = new LinkedHashMap<>(records);
    two.put("other/data.pkl", good);
    assertThat(refusal(Pickle.zip(file, two, ZipEntry.STORED)))
        .startsWith("is a zip archive with more than one data.pkl;");
    assertThat(refusal(Pickle.zip(file, Map.of("weights.npy", good), ZipEntry.STORED)))
        .startsWith("is a zip archive with no data.pkl; expected a PyTorch state_dict");

    Map<String, byte[]> script = new LinkedHashMap<>(records);
    script.put("archive/constants.pkl", good);
    assertThat(refusal(Pickle.zip(file, script, ZipEntry.STORED)))
        .startsWith("is a TorchScript program, expected a state_dict;");
  }

  @Test
  void recordsMayNotLieOnTopOfEachOther() throws IOException {
    Map<String, byte[]> records = new LinkedHashMap<>();
    records.put("archive/data/0", new byte[100_000]);
    records.putAll(Pickle.records(oneTensor(2, 0, NONE, NONE)));
    records.put("archive/data/1", new byte[8]);
    byte[] zip = Files.readAllBytes(Pickle.zip(folder.resolve("x.pth"), records, ZipEntry.STORED));
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    int first = text.indexOf("PK\u0001\u0002");
    int last = text.lastIndexOf("PK\u0001\u0002");
    System.arraycopy(zip, first + 16, zip, last + 16, 12); // checksum and both sizes
    System.arraycopy(zip, first + 42, zip, last + 42, 4); // where the record begins
    Path file = Files.write(folder.resolve("overlap.pth"), zip);
    assertThat(refusal(file)).startsWith("claims records of more bytes than the file has;");
  }

  @Test
  void damagedRecordsAreNoticed() throws IOException {
    Path file = zip(oneTensor(2, 0, new long[] {2}, new long[] {1}), floats(0.12345f, 2));
    byte[] bytes = Files.readAllBytes(file);
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = all.indexOf(new String(floats(0.12345f), StandardCharsets.ISO_8859_1));
    bytes[at] ^= 1;
    Files.write(file, bytes);
    assertThat(refusal(file)).startsWith("\"archive/data/0\" does not match its checksum;");
  }

  @Test
  void aMegabyteOfNameStaysOneShortLine() throws IOException {
    String name = "n\u001b[2J\n".repeat(200_000);
    byte[] pickle =
        entry(name)
            .tensor("Float", "missing", 2, 0, new long[] {2}, new long[] {1})
            .ops("s")
            .stop();
    assertThat(refusal(zip(pickle))).startsWith("record \"data/missing\" is missing");
    assertThat(refusal(zip(entry(name).number(1).ops("s").stop()))).contains("holds no state_dict");
    byte[] global = entry("w").global("os\u001b[2J", "x".repeat(199)).stop();
    assertThat(refusal(zip(global))).startsWith("data.pkl asks for os [2J.xxx");
  }

  private Path zip(byte[] pickle, byte[]... storages) throws IOException {
    return Pickle.zip(folder.resolve("x.pth"), pickle, storages);
  }
}
