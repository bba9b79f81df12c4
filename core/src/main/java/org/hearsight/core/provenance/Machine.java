package org.hearsight.core.provenance;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hearsight.core.error.InputException;
import org.hearsight.core.file.InputFile;

/**
 * What numbers were measured on.
 *
 * @param processor its name
 * @param cores that the JVM may use
 * @param instructionSets for vectors and matrices, as Linux names them; empty where it is unknown
 * @param os name and version
 * @param jvm name and version
 */
public record Machine(
    String processor,
    int cores,
    @JsonProperty("instruction_sets") List<String> instructionSets,
    String os,
    String jvm) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final List<String> NOTABLE =
      List.of(
          "avx",
          "avx2",
          "fma",
          "avx512f",
          "avx512bw",
          "avx512_vnni",
          "avx_vnni",
          "avx512_bf16",
          "amx_tile",
          "amx_int8",
          "amx_bf16",
          "asimd",
          "asimddp",
          "sve");

  /** This one. */
  public static Machine here() {
    return of(cpuinfo());
  }

  /** The one whose {@code /proc/cpuinfo} has these lines. */
  static Machine of(List<String> cpuinfo) {
    String processor = value(cpuinfo, "model name");
    Set<String> flags = new LinkedHashSet<>(Arrays.asList(value(cpuinfo, "flags").split(" ")));
    flags.addAll(Arrays.asList(value(cpuinfo, "Features").split(" ")));
    return new Machine(
        processor.isEmpty() ? System.getProperty("os.arch") : processor,
        Runtime.getRuntime().availableProcessors(),
        NOTABLE.stream().filter(flags::contains).toList(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + Runtime.version());
  }

  /** One line for people. */
  public String text() {
    return "%s, %d cores%s; %s; %s"
        .formatted(
            processor,
            cores,
            instructionSets.isEmpty() ? "" : " (" + String.join(", ", instructionSets) + ")",
            os,
            jvm);
  }

  private static List<String> cpuinfo() {
    try {
      return InputFile.text(CPUINFO, InputFile.SMALL).lines().toList();
    } catch (InputException e) {
      // Not Linux, or a jail: the architecture says enough.
      return List.of();
    }
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(l -> l.startsWith(key) && l.contains(":"))
        .findFirst()
        .map(l -> l.substring(l.indexOf(':') + 1).strip())
        .orElse("");
  }
}
