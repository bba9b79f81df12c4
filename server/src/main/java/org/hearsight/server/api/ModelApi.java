package org.hearsight.server.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.http.Context;
import java.util.List;
import java.util.stream.IntStream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.bundle.ModelCard;
import org.hearsight.core.place.PlaceGrid;
import org.hearsight.core.vision.View;
import org.hearsight.server.guard.Limits;
import org.hearsight.server.http.Accepts;
import org.hearsight.server.http.Answer;
import org.hearsight.server.oip.InferenceProtocol;

/** {@code GET /v1/model}: what answers, and how much it may be asked. */
public final class ModelApi {
  private final Description description;

  /**
   * @param version of Hearsight
   * @param allFormats whether sound may be of formats other than WAV
   */
  public ModelApi(ModelCard card, String version, Limits limits, boolean allFormats) {
    description =
        new Description(
            InferenceProtocol.MODEL,
            version,
            IntStream.range(0, card.taxonomy().size()).mapToObj(card.taxonomy()::nameOf).toList(),
            card.clipSeconds(),
            Foa.SAMPLE_RATE,
            new Camera(View.SIZE, View.HFOV_DEGREES),
            card.hasMap() ? Map.OF_THE_GRID : null,
            allFormats,
            Limit.of(limits));
  }

  /** The document. */
  private record Description(
      String name,
      String version,
      List<String> classes,
      @JsonProperty("clip_seconds") double clipSeconds,
      @JsonProperty("sample_rate") int sampleRate,
      Camera camera,
      @JsonInclude(JsonInclude.Include.NON_NULL) Map map,
      @JsonProperty("all_formats") boolean allFormats,
      Limit limits) {}

  /** What the model sees, whatever camera took the picture. */
  private record Camera(int size, @JsonProperty("hfov") double hfov) {}

  /** Centres of the cells: degrees, metres. */
  private record Map(List<Double> azimuths, List<Double> distances) {
    static final Map OF_THE_GRID =
        new Map(
            IntStream.range(0, PlaceGrid.AZIMUTHS).mapToObj(PlaceGrid::azimuth).toList(),
            IntStream.range(0, PlaceGrid.DISTANCES).mapToObj(PlaceGrid::distance).toList());
  }

  private record Limit(
      @JsonProperty("body_bytes") long bodyBytes,
      @JsonProperty("sound_seconds") int soundSeconds,
      long pixels,
      int scenes,
      @JsonProperty("requests_of_client") int requestsOfClient,
      int streams,
      @JsonProperty("streams_of_client") int streamsOfClient,
      @JsonProperty("stream_seconds") int streamSeconds) {
    static Limit of(Limits limits) {
      return new Limit(
          limits.bodyBytes(),
          limits.soundSeconds(),
          limits.pixels(),
          limits.scenes(),
          limits.requestsOfClient(),
          limits.streams(),
          limits.streamsOfClient(),
          limits.streamSeconds());
    }
  }

  /** Answers with the document. */
  public void model(Context ctx) {
    Accepts.require(ctx, Accepts.JSON);
    Answer.json(ctx, description);
  }
}
