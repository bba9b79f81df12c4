package org.hearsight.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BenchmarkUsageTest {
  private static final String HOME = "hearsight.home";
  private String before;

  @BeforeEach
  void runsFromTheCheckout() {
    before = System.setProperty(HOME, "..");
  }

  @AfterEach
  void restore() {
    if (before == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, before);
    }
  }

  private static void wrong(String expected, Object... args) {
    Cli.Result r = Cli.run(args);
    assertThat(r.exit()).isEqualTo(2);
    assertThat(r.errLines()).singleElement().asString().contains(expected);
    assertThat(r.out()).isEmpty();
  }

  @Test
  void aRowThatIsNoneIsRefusedWithThoseThereAre() {
    wrong(
        "'seld' is not a row; choose of seld-inference, seld-inference-libtorch",
        "benchmark",
        "--only",
        "pictures,seld");
  }

  @Test
  void wholeTrainingsNeedData() {
    wrong("two-stages needs --data", "benchmark", "--only", "two-stages");
  }

  @Test
  void noRoundAtAllIsRefused() {
    wrong("--rounds: 0 is less than 1", "benchmark", "--rounds", "0");
  }

  /** Before any row is measured. */
  @Test
  void dataAndModelThatAreNoneAreRefused() {
    for (String option : new String[] {"--data", "--model"}) {
      Cli.Result r = Cli.run("benchmark", "--only", "foa-features", option, "nosuch");
      assertThat(r.exit()).isEqualTo(1);
      assertThat(r.errLines()).singleElement().asString().contains("nosuch/", ".json: is missing");
    }
  }

  @Test
  void theSimulatorIsTimedInAtLeastOneRound() {
    wrong("each must be at least 1", "benchmark", "simulator", "--rounds", "0");
  }

  @Test
  void listeningIsMeasuredInSomeWay() {
    wrong("nor both be 0", "benchmark", "listen", "--approaches", "0");
  }

  @Test
  void scoresOfTransferAreATableAndAFolderWithoutAnyIsRefused() {
    Cli.Result table = Cli.run("benchmark", "transfer", "../benchmarks/results/transfer");
    assertThat(table.exit()).isZero();
    assertThat(table.out()).contains("| shipped | 3 |", "Pretrained at 500 beside scratch at 1000");
    Cli.Result none = Cli.run("benchmark", "transfer", "..");
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.errLines())
        .singleElement()
        .asString()
        .contains("holds no scores named ENCODER-SIZE-seedSEED.json");
  }

  @Test
  void outsideOfTheCheckoutItSaysHowToRunIt() {
    System.clearProperty(HOME);
    Cli.Result r = Cli.run("benchmark");
    assertThat(r.exit()).isEqualTo(1);
    assertThat(r.errLines()).singleElement().asString().contains("./hearsight benchmark");
  }
}
