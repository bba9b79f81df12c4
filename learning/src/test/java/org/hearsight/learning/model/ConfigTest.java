package org.hearsight.learning.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hearsight.core.imagination.ConfidenceTarget;
import org.hearsight.core.imagination.Fusion;
import org.hearsight.core.imagination.LocationForm;
import org.hearsight.learning.loss.ImaginationLoss;
import org.junit.jupiter.api.Test;

class ConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void configurationsSurviveJson() throws JsonProcessingException {
    for (Object config :
        List.of(
            SeldNet.Config.dcase2024(),
            AvCrnn.Config.starss23(),
            ResNet50.Config.encoder(5),
            ImaginationModel.Config.of(Fusion.SPATIAL, 128, 10, LocationForm.SPHERICAL),
            ImaginationLoss.Config.of(LocationForm.SEED, ConfidenceTarget.CORRECTNESS))) {
      String text = JSON.writeValueAsString(config);
      assertThat(JSON.readValue(text, config.getClass())).isEqualTo(config);
    }
  }

  @Test
  void namesAreSnakeCase() throws JsonProcessingException {
    assertThat(JSON.writeValueAsString(SeldNet.Config.dcase2024()))
        .contains("\"in_channels\":7", "\"time_pools\":[5,1,1]", "\"head_width\":128");
    assertThat(JSON.writeValueAsString(Adapter.Config.of(Fusion.SEED, 128)))
        .contains("\"fusion\":\"seed\"", "\"audio_width\":128");
  }

  @Test
  void publishedSizes() {
    assertThat(SeldNet.Config.dcase2024().timeStride()).isEqualTo(5);
    assertThat(AvCrnn.Config.starss23().timeStride()).isEqualTo(16);
    assertThat(Adapter.Config.of(Fusion.SEED, 128).fusedWidth()).isEqualTo(1024);
  }

  @Test
  void refusesImpossibleSizes() {
    refused("band_pools leave no band", () -> seldNet(64, List.of(5, 1, 1), List.of(8, 8, 2)));
    refused("one number for each block", () -> seldNet(64, List.of(5, 1), List.of(4, 4, 2)));
    refused("every size must be positive", () -> seldNet(0, List.of(5), List.of(4)));
    refused("each of three convolutions", () -> avCrnn(257, List.of(4, 2)));
    refused("av_crnn: band_pools leave no band", () -> avCrnn(31, List.of(4, 2, 2)));
    refused("av_crnn: every size must be positive", () -> avCrnn(0, List.of(4, 2, 2)));
    refused(
        "depths: [3, 4], expected four positive numbers",
        () -> new ResNet50.Config(3, 64, List.of(3, 4), 0));
    List<Integer> depths = List.of(3, 4, 6, 3);
    refused("in_channels: 1, expected 3 or more", () -> new ResNet50.Config(1, 64, depths, 0));
    refused("width: 0, expected 1 or more", () -> new ResNet50.Config(3, 0, depths, 0));
    refused("classes: -1, expected 0 or more", () -> new ResNet50.Config(3, 64, depths, -1));
    refused(
        "not a multiple of 7 heads",
        () -> new Adapter.Config(Fusion.SEED, 128, 2048, 512, 7, 64, 49));
    refused(
        "is not the adapter's 1024",
        () ->
            new ImaginationModel.Config(
                Adapter.Config.of(Fusion.SEED, 128),
                ImaginationHead.Config.of(512, 10, LocationForm.SEED)));
    refused(
        "weight is negative",
        () -> new ImaginationLoss.Config(1, -2, 1, LocationForm.SEED, ConfidenceTarget.SEED));
  }

  private static AvCrnn.Config avCrnn(int bands, List<Integer> timePools) {
    return new AvCrnn.Config(7, bands, timePools, List.of(4, 4, 2), 64, 444, 64, 256, 117);
  }

  private static SeldNet.Config seldNet(
      int bands, List<Integer> timePools, List<Integer> bandPools) {
    return new SeldNet.Config(7, bands, 64, timePools, bandPools, 128, 2, 2, 8, 128, 156, 0);
  }

  private static void refused(String reason, ThrowingCallable construction) {
    assertThatThrownBy(construction)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
