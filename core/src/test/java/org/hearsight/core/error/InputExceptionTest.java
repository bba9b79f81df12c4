package org.hearsight.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InputExceptionTest {

  @Test
  void staysOneLineWhateverTheFileSays() {
    String hostile = "a\nb\r\u0007c\u001b[31md\u0085e\u2028f\u2029g\u202eh";
    assertThat(new InputException("x.pth", "name " + hostile, "use another"))
        .hasMessage("x.pth: name a b c [31md e f g h; use another");
  }
}
