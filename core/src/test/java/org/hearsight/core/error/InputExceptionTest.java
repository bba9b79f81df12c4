package org.hearsight.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.hearsight.core.file.AtomicFile;
import org.hearsight.core.file.InputFile;
import org.junit.jupiter.api.Test;

class InputExceptionTest {

  @Test
  void staysOneLineWhateverTheFileSays() {
    String hostile = "a\nb\r\u0007c\u001b[31md\u0085e\u2028f\u2029g\u202eh";
    assertThat(new InputException("x.pth", "name " + hostile, "use another"))
        .hasMessage("x.pth: name a b c [31md e f g h; use another");
  }

  @Test
  void itKnowsWhoseFaultItIs() {
    Path file = Path.of("a.wav");
    Throwable cause = new IOException("disk");
    assertThat(new InputException(file, "channels: 3", "give 4").fault())
        .isEqualTo(InputException.Fault.INPUT);
    InputException full = InputException.environment(file, "cannot be written", "make room", cause);
    assertThat(full).hasMessage("a.wav: cannot be written; make room").hasCause(cause);
    assertThat(full.fault()).isEqualTo(InputException.Fault.ENVIRONMENT);
    assertThat(InputException.model("m.onnx", "is damaged", "copy it").fault())
        .isEqualTo(InputException.Fault.MODEL);
  }

  /** Where a file is missing the path is wrong; where it cannot be read the machine is. */
  @Test
  void aMissingFileIsNotTheMachinesFault() {
    Path file = Path.of("a.wav");
    assertThat(InputFile.cannotRead(file, new NoSuchFileException("a.wav")).fault())
        .isEqualTo(InputException.Fault.INPUT);
    assertThat(InputFile.cannotRead(file, new AccessDeniedException("a.wav")).fault())
        .isEqualTo(InputException.Fault.ENVIRONMENT);
    assertThat(AtomicFile.cannotWrite(file, new IOException("No space left on device")).fault())
        .isEqualTo(InputException.Fault.ENVIRONMENT);
  }
}
