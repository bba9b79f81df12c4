package org.hearsight.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hearsight.core.dataset.Scenario;
import org.hearsight.core.dataset.ScenarioStore;
import org.hearsight.core.progress.Progress;
import org.hearsight.datasets.scenario.Simulator;
import org.hearsight.datasets.scenario.SimulatorConfig;
import org.hearsight.report.preview.ContactSheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewsTest {
  @TempDir Path folder;

  @Test
  void sheetsShowLayoutsInTurnAndChartsAreTheSameBytesAgain() throws Exception {
    SimulatorConfig config = SimulatorConfig.of(10, 2, 2, 42).withWorkers(2);
    ScenarioStore store = Simulator.generate(config, folder.resolve("data"), Progress.SILENT);
    List<Scenario> chosen = ContactSheet.choose(store, 5);
    assertThat(chosen).hasSize(5).doesNotHaveDuplicates();
    assertThat(chosen.stream().map(s -> s.scene().kind()).distinct()).hasSize(5);
    assertThat(ContactSheet.choose(store, 99)).hasSize(14);
    Previews.scenarios(store, 0, folder);
    assertThat(folder.resolve("preview.png")).doesNotExist();
    Previews.scenarios(store, 5, folder);
    assertThat(folder.resolve("preview.png")).isNotEmptyFile();
    Previews.distribution(store, folder);
    byte[] first = Files.readAllBytes(folder.resolve("distribution.png"));
    Previews.distribution(store, folder);
    assertThat(folder.resolve("distribution.png")).hasBinaryContent(first);
  }
}
