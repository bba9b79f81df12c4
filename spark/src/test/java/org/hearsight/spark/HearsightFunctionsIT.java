package org.hearsight.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Clip;
import org.hearsight.core.audio.Encoding;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.error.InputException;
import org.hearsight.core.imagination.Imagination;
import org.hearsight.core.vision.View;
import org.hearsight.inference.Hearsight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HearsightFunctionsIT {
  private static final StructType CLIPS =
      new StructType().add("street", DataTypes.IntegerType).add("audio", DataTypes.StringType);

  @TempDir private Path folder;

  @Test
  void aTableKeepsItsColumnsAndGetsAnswersOrReasons() throws Exception {
    Path wav = folder.resolve("a.wav");
    float[][] foa = new float[Foa.CHANNELS][Foa.CLIP_SAMPLES];
    for (int i = 0; i < Foa.CLIP_SAMPLES; i++) {
      foa[Foa.W][i] = 0.1f * (float) Math.sin(i * 0.15);
      foa[Foa.Y][i] = foa[Foa.W][i];
    }
    Wav.write(wav, new Audio(Foa.SAMPLE_RATE, foa), Encoding.PCM_16);
    Path broken = Files.writeString(folder.resolve("b.wav"), "nothing");
    try (SparkSession spark = session()) {
      Dataset<Row> clips =
          spark.createDataFrame(
              List.of(
                  RowFactory.create(1, wav.toString()), RowFactory.create(2, broken.toString())),
              CLIPS);
      List<Row> rows =
          HearsightFunctions.imagine(clips)
              .select("street", "answer.class", "answer.azimuth", "refused")
              .orderBy("street")
              .collectAsList();
      Imagination alone;
      try (Hearsight hearsight = Hearsight.load(1)) {
        alone = hearsight.imagine(Clip.read(wav), View.blind());
      }
      assertThat(rows.get(0).getString(1)).isEqualTo(alone.className());
      assertThat(rows.get(0).getDouble(2)).isCloseTo(alone.location().azimuth(), within(1e-4));
      assertThat(rows.get(0).isNullAt(3)).isTrue();
      assertThat(rows.get(1).isNullAt(1)).isTrue();
      assertThat(rows.get(1).getString(3)).contains("b.wav");
      assertThatThrownBy(() -> HearsightFunctions.imagine(clips.drop("audio")))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no column 'audio'");
    }
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}
