package org.hearsight.app.command;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hearsight.app.Version;
import org.hearsight.app.console.EncoderChoice;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.FolderCheck;
import org.hearsight.app.console.JsonOutput;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.Threads;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.SoundField;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.FolderListing;
import org.hearsight.inference.session.OnnxNetwork;
import org.hearsight.learning.engine.TorchEngine;
import org.hearsight.learning.weights.TorchCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Says what this machine offers: JVM, native engines, threads, memory, weights.")
public final class DoctorCommand implements Callable<Integer> {
  private static final String MISSING = "missing";

  @Spec private CommandSpec spec;
  @Mixin private JsonOutput json;
  @Mixin private Threads threads;
  @Mixin private FoaFormatOption foaFormat;

  @Reads
  @Option(
      names = "--check",
      paramLabel = "DIR",
      description =
          "Read a model, an encoder or a data set and hold every file against its checksum;"
              + " repeatable.")
  private List<Path> check = List.of();

  @Reads
  @Option(
      names = "--audio",
      paramLabel = "FILE",
      description =
          "Say whether the channels of a recording can be what its format says; repeatable.")
  private List<Path> audio = List.of();

  /**
   * What was found.
   *
   * @param memory the allocator's setting, or why there is none
   * @param weights where checkpoints were looked for, and what is there
   * @param checked folders that ship or were asked for, and whether they are whole
   * @param heard recordings that were asked for, and what is to be known of their channels
   */
  private record Findings(
      String hearsight,
      String jvm,
      String os,
      int processors,
      int threads,
      @JsonProperty("heap_mib") long heapMib,
      String pytorch,
      @JsonProperty("onnx_runtime") String onnxRuntime,
      String memory,
      Map<String, String> weights,
      Map<String, String> checked,
      Map<String, String> heard) {}

  @Override
  public Integer call() {
    List<String> problems = new ArrayList<>();
    Findings f = examine(problems);
    PrintWriter out = spec.commandLine().getOut();
    if (json.wanted()) {
      JsonOutput.print(out, f);
    } else {
      line(out, "hearsight", f.hearsight());
      line(out, "JVM", f.jvm());
      line(out, "system", f.os());
      line(out, "processors", f.processors() + ", " + f.threads() + " threads in use");
      line(out, "Java heap", f.heapMib() + " MiB at most");
      line(out, "PyTorch", f.pytorch());
      line(out, "ONNX Runtime", f.onnxRuntime());
      line(out, "memory", f.memory());
      f.weights().forEach((place, found) -> line(out, "weights", place + ": " + found));
      f.checked().forEach((place, found) -> line(out, "checked", place + ": " + found));
      f.heard().forEach((file, found) -> line(out, "audio", file + ": " + found));
      out.flush();
    }
    if (!problems.isEmpty()) {
      throw InputException.environment(
          "doctor", String.join("; ", problems), "see the lines above");
    }
    return 0;
  }

  private Findings examine(List<String> problems) {
    String pytorch;
    String memory;
    try {
      TorchEngine engine = TorchEngine.start(threads.count());
      pytorch = engine.version() + " on " + engine.threads() + " threads";
      memory = engine.memory().detail();
    } catch (InputException e) {
      pytorch = MISSING;
      memory = "not set";
      problems.add(e.getMessage());
    } catch (LinkageError e) {
      // An installation that only answers has no training engine, and needs none.
      pytorch =
          "not installed: training needs it, imagine does not, detect and evaluate do for encoders"
              + " without detector.onnx";
      memory = "not set";
    }
    String onnx;
    try {
      onnx = OnnxNetwork.runtimeVersion();
    } catch (InputException e) {
      onnx = MISSING;
      problems.add(e.getMessage());
    }
    Path checkpoints = TorchCache.folder();
    return new Findings(
        Version.text(),
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        threads.count(),
        Runtime.getRuntime().maxMemory() >> 20,
        pytorch,
        onnx,
        memory,
        Map.of(checkpoints.toString(), resnets(checkpoints)),
        checked(problems),
        heard(problems));
  }

  private Map<String, String> checked(List<String> problems) {
    Map<String, String> checked = new LinkedHashMap<>();
    for (Path folder :
        Stream.concat(EncoderChoice.standard().all().stream(), check.stream()).toList()) {
      try {
        checked.put(folder.toString(), FolderCheck.words(folder));
      } catch (InputException e) {
        checked.put(folder.toString(), "not whole, see the last line");
        problems.add(e.getMessage());
      }
    }
    return checked;
  }

  private Map<String, String> heard(List<String> problems) {
    FoaFormat format = foaFormat.format();
    Map<String, String> heard = new LinkedHashMap<>();
    for (Path file : audio) {
      try {
        heard.put(file.toString(), SoundField.words(Clip.read(file, format)));
      } catch (InputException e) {
        heard.put(file.toString(), "cannot be heard, see the last line");
        problems.add(e.getMessage());
      }
    }
    return heard;
  }

  /** torchvision's own cache, the usual place of a ResNet-50 to import. */
  private static String resnets(Path folder) {
    if (!Files.isDirectory(folder)) {
      return "no such folder";
    }
    try {
      List<String> names =
          FolderListing.entries(folder).stream()
              .map(p -> p.getFileName().toString())
              .filter(n -> n.startsWith("resnet50"))
              .toList();
      return names.isEmpty() ? "no resnet50*" : String.join(", ", names);
    } catch (InputException e) {
      return "cannot be read";
    }
  }

  private static void line(PrintWriter out, String what, String found) {
    out.printf("%-13s %s%n", what, found);
  }
}
