package org.hearsight.core.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void namesTheProcessorAndItsNotableInstructionSets() {
    Machine machine =
        Machine.of(
            List.of("model name\t: A Processor", "flags\t\t: fpu sse2 avx2 fma avx512_vnni ht"));

    assertThat(machine.processor()).isEqualTo("A Processor");
    assertThat(machine.instructionSets()).containsExactly("avx2", "fma", "avx512_vnni");
    assertThat(machine.text()).startsWith("A Processor, " + machine.cores() + " cores (avx2");
  }

  @Test
  void isNamedByItsArchitectureWhereNothingIsKnown() {
    assertThat(Machine.of(List.of()).processor()).isEqualTo(System.getProperty("os.arch"));
  }
}
