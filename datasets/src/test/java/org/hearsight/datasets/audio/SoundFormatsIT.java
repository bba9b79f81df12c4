package org.hearsight.datasets.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.hearsight.core.audio.Audio;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.Resampler;
import org.hearsight.core.audio.SoundFile;
import org.hearsight.core.audio.SoundReader;
import org.hearsight.core.audio.Wav;
import org.hearsight.core.error.InputException;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.seld.SeldDataset;
import org.hearsight.datasets.run.RunOptions;
import org.hearsight.datasets.seld.MeasuredConfig;
import org.hearsight.datasets.seld.MeasuredRoom;
import org.hearsight.simulator.sound.SoundUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format, against the WAV file it was made from ({@code golden/sounds/README.md}). */
class SoundFormatsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tone.flac, tone.wav",
    "cover.flac, tone.wav",
    "wide.flac, wide.wav",
    "four.flac, four.wav",
    "flac.ogg, tone.wav",
    "tone.aiff, tone.wav",
    "four.aifc, four.wav",
    "tone.caf, tone.wav",
    "alac.caf, tone.wav",
    "alac.m4a, tone.wav",
    "tone.au, tone.wav",
    "tone.wv, tone.wav",
    "two.mka, tone.wav"
  })
  void losslessFormatsGiveTheSamplesOfTheWav(String name, String wav) {
    Audio expected = Wav.read(golden(wav));
    Audio read = Wav.read(golden(name));
    assertThat(read.sampleRate()).isEqualTo(expected.sampleRate());
    assertThat(read.channels()).isDeepEqualTo(expected.channels());
  }

  /**
   * @param lead samples that an encoder put before the sound where the file does not say so
   * @param error RMS, as a share of the sound's
   */
  @ParameterizedTest
  @CsvSource({
    "tone.ogg, 24000, 0, 0.05",
    "tone.opus, 48000, 0, 0.05",
    "tone.mp3, 24000, 0, 0.05",
    "bare.mp3, 24000, 1105, 0.05",
    "tone.m4a, 24000, 0, 0.05",
    "tone.aac, 24000, 1024, 0.05",
    "mulaw.wav, 24000, 0, 0.05",
    "adpcm.wav, 24000, 0, 0.05"
  })
  void lossyFormatsBeginAndEndWithTheWavAndAreCloseToIt(
      String name, int rate, int lead, double error) {
    Audio expected = at(Wav.read(golden("tone.wav")), rate);
    Audio read = Wav.read(golden(name));
    assertThat(read.sampleRate()).isEqualTo(rate);
    if (lead == 0 && !name.startsWith("adpcm")) {
      assertThat(read.samples()).isEqualTo(expected.samples());
    }
    double wrong = 0;
    double power = 0;
    for (int i = 0; i < expected.samples(); i++) {
      double truth = expected.channels()[0][i];
      wrong += Math.pow(read.channels()[0][i + lead] - truth, 2);
      power += truth * truth;
    }
    assertThat(Math.sqrt(wrong / power)).isLessThan(error);
  }

  private static Audio at(Audio audio, int rate) {
    return rate == audio.sampleRate()
        ? audio
        : new Resampler(audio.sampleRate(), rate).resample(audio);
  }

  /** What is said of a file's length can be read to the last sample, in pieces of any size. */
  @ParameterizedTest
  @ValueSource(strings = {"tone.flac", "tone.ogg", "tone.mp3", "tone.m4a", "tone.opus", "tone.wv"})
  void piecesOfAnySizeAndPartsPassedOver(String name) {
    float[] whole = Wav.read(golden(name)).channels()[0];
    try (SoundReader reader = SoundFile.open(golden(name))) {
      assertThat(reader.frames()).isEqualTo(whole.length);
      float[][] read = new float[1][whole.length];
      int at = 0;
      for (int n = 1; at < whole.length; n = n * 3 + 1) {
        at += reader.read(read, at, n);
      }
      assertThat(read[0]).containsExactly(whole);
      assertThat(reader.read(read, 0, 1)).isZero();
    }
    try (SoundReader reader = SoundFile.open(golden(name))) {
      reader.skip(5000);
      float[][] end = new float[1][whole.length - 5000];
      assertThat(reader.read(end, 0, whole.length)).isEqualTo(end[0].length);
      assertThat(end[0]).containsExactly(Arrays.copyOfRange(whole, 5000, whole.length));
    }
  }

  /** Sought where it lies, not decoded from the beginning: the very samples of a whole reading. */
  @Test
  void theEndOfALongRecordingIsThatOfTheWhole() throws IOException {
    Path file = folder.resolve("long.flac");
    float[][] sound = new float[4][20 * 24_000];
    SplittableRandom random = new SplittableRandom(3);
    for (float[] channel : sound) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = random.nextInt(-9000, 9000) * 0x1p-15f;
      }
    }
    encode(file, "flac", sound);

    assertThat(Foa.length(file)).isEqualTo(sound[0].length);
    assertThat(Foa.read(file).channels()).isDeepEqualTo(sound);
    float[][] end = Foa.readEnd(file, 24_001, note -> {}).channels();
    for (int c = 0; c < 4; c++) {
      assertThat(end[c])
          .containsExactly(Arrays.copyOfRange(sound[c], sound[c].length - 24_001, sound[c].length));
    }
  }

  private static void encode(Path file, String format, float[][] sound) throws IOException {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), sound.length)) {
      recorder.setFormat(format);
      recorder.setAudioCodec(avcodec.AV_CODEC_ID_FLAC);
      recorder.setSampleRate(24_000);
      recorder.setSampleFormat(avutil.AV_SAMPLE_FMT_S16);
      recorder.start();
      ShortBuffer samples = ShortBuffer.allocate(sound.length * sound[0].length);
      for (int i = 0; i < sound[0].length; i++) {
        for (float[] channel : sound) {
          samples.put((short) Math.round(channel[i] * 32768));
        }
      }
      recorder.recordSamples(24_000, sound.length, samples.flip());
    }
  }

  @Test
  void severalStreamsAreNotedAndChannelsNobodyWantsPassedOver() {
    try (SoundReader reader = SoundFile.open(golden("two.mka"))) {
      assertThat(reader.note()).isEqualTo("2 audio streams: the first is read");
    }
    try (SoundReader reader = SoundFile.open(golden("four.flac"))) {
      float[][] third = new float[4][];
      third[2] = new float[1200];
      assertThat(reader.read(third, 0, 1200)).isEqualTo(1200);
      assertThat(third[2]).containsExactly(Wav.read(golden("four.wav")).channels()[2]);
    }
  }

  /** Files without a length in their header end where they end. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone.flac",
        "four.flac",
        "flac.ogg",
        "tone.aiff",
        "alac.m4a",
        "tone.m4a",
        "tone.mp3",
        "tone.ogg",
        "tone.opus",
        "tone.wv",
        "mulaw.wav",
        "alac.caf"
      })
  void aFileCutShortIsRefused(String name) throws IOException {
    Path cut = folder.resolve(name);
    byte[] whole = Files.readAllBytes(golden(name));
    for (double share : new double[] {0.1, 0.4, 0.7}) {
      Files.write(cut, Arrays.copyOf(whole, (int) (share * whole.length)));
      refused(cut, "");
    }
  }

  /** Less than a block is missing, which is not said by any checksum. */
  @ParameterizedTest
  @ValueSource(strings = {"tone.aiff", "four.aifc", "tone.caf", "tone.au", "mulaw.wav"})
  void aFewSamplesThatAreMissingAreMissed(String name) throws IOException {
    byte[] whole = Files.readAllBytes(golden(name));
    int cut = name.equals("four.aifc") ? 4000 : 10; // there are other chunks behind its sound
    refused(
        Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length - cut)),
        "are there: the file is cut short");
  }

  /** Its header says the length of the whole file alone, and is wrong at times. */
  @Test
  void matroskaCutShortIsNoted() throws IOException {
    byte[] whole = Files.readAllBytes(golden("two.mka"));
    Path cut = Files.write(folder.resolve("a.mka"), Arrays.copyOf(whole, whole.length - 4000));
    try (SoundReader reader = SoundFile.open(cut)) {
      assertThat(reader.note())
          .isEqualTo(
              "2 audio streams: the first is read; the header says 0.30 s, 0.10 s are there: the"
                  + " file may be cut short");
    }
  }

  @Test
  void anOggFileWithoutItsLastPageIsNoted() throws IOException {
    Path file = folder.resolve("long.ogg");
    encode(file, "ogg", new float[1][20 * 24_000]);
    byte[] whole = Files.readAllBytes(file);
    try (SoundReader reader = SoundFile.open(file)) {
      assertThat(reader.note()).isNull();
    }
    int last = new String(whole, StandardCharsets.ISO_8859_1).lastIndexOf("OggS");
    Files.write(file, Arrays.copyOf(whole, last));
    try (SoundReader reader = SoundFile.open(file)) {
      assertThat(reader.note()).contains("the file may be cut short");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tone.flac", "wide.flac", "four.flac"})
  void aDamagedLosslessFileIsRefused(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(golden(name));
    bytes[bytes.length * 3 / 4] ^= 0x55;
    refused(Files.write(folder.resolve(name), bytes), "damaged");
  }

  @Test
  void whatHoldsNoSoundIsRefused() throws IOException {
    refused(golden("silent.mov"), "has no audio stream; give a file with sound");
    Path text = Files.writeString(folder.resolve("text.flac"), "no sound at all\n".repeat(200));
    refused(text, "is not a sound file of a known format; check that it plays");
    refused(Files.createFile(folder.resolve("empty.mp3")), "is empty (0 bytes)");
    refused(Files.createDirectory(folder.resolve("dir.flac")), "is a folder");
    refused(folder.resolve("absent.ogg"), "does not exist");
    // A playlist would open other files.
    String list = "ffconcat version 1.0\nfile '" + golden("tone.flac") + "'\n";
    refused(Files.writeString(folder.resolve("list.flac"), list), "is not a sound file");
  }

  private static void refused(Path file, String problem) {
    assertThatThrownBy(() -> Wav.read(file))
        .as(file.toString())
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(problem)
        .hasMessageMatching("[^\\n\\r]+; [a-z][^\\n\\r]+");
  }

  /** What a file is says its content: a name in capitals, a wrong one, one in other letters. */
  @ParameterizedTest
  @ValueSource(
      strings = {"TONE.FLAC", "tone.wav", "tone", "Ton mit Umläuten – и др.flac", "a:b.mp3"})
  void namesDoNotMatter(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.copy(golden("tone.flac"), file);
    assertThat(Wav.read(file).channels()).isDeepEqualTo(Wav.read(golden("tone.wav")).channels());
    assertThat(SoundFile.isNamedSo(file)).isEqualTo(name.contains("."));
  }

  /** Recordings and responses of a measured room, and the recordings of a labelled data set. */
  @Test
  void dataSetsAreMadeOfAnyFormatAndMayHoldIt() throws IOException {
    Path sounds = Files.createDirectories(folder.resolve("sounds/dog"));
    Files.copy(golden("tone.flac"), sounds.resolve("A.FLAC"));
    Files.copy(golden("tone.mp3"), sounds.resolve("b.mp3"));
    Path hall = Files.createDirectories(folder.resolve("hall"));
    Files.copy(golden("four.flac"), hall.resolve("left.flac"));
    Files.writeString(
        hall.resolve("hall.csv"), "file,azimuth_deg,elevation_deg,distance_m\nleft.flac,80,5,3\n");
    MeasuredRoom.generate(
        new MeasuredConfig(
            new RunOptions(0, 0, 4, 1, 1),
            sounds.getParent(),
            SoundUse.ALL,
            hall,
            null,
            MeasuredConfig.Directions.LISTED,
            Double.POSITIVE_INFINITY),
        folder.resolve("clips"),
        Progress.SILENT);
    assertThat(SeldDataset.open(folder.resolve("clips")).recordings()).hasSize(4);

    Path data = folder.resolve("data");
    Path part = Files.createDirectories(data.resolve("foa_dev/dev-train-sony"));
    Path labels = Files.createDirectories(data.resolve("metadata_dev/dev-train-sony"));
    for (String stem : List.of("fold3_room1_mix001", "fold3_room1_mix002")) {
      Files.writeString(labels.resolve(stem + ".csv"), "0,1,0,30,0\n");
    }
    Files.copy(golden("four.flac"), part.resolve("fold3_room1_mix001.FLAC"));
    Files.copy(golden("four.aifc"), part.resolve("fold3_room1_mix002.aifc"));
    List<SeldDataset.Recording> found = SeldDataset.openStarss23(data).recordings();
    assertThat(found).hasSize(2);
    for (SeldDataset.Recording r : found) {
      assertThat(r.sound().channels()).isDeepEqualTo(Wav.read(golden("four.wav")).channels());
    }
    Files.copy(golden("four.wav"), part.resolve("fold3_room1_mix001.wav"));
    assertThatThrownBy(() -> SeldDataset.openStarss23(data))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fold3_room1_mix001.wav: has the name of ");
  }

  /** Asked in a process of its own what it loaded. */
  @ParameterizedTest
  @CsvSource({"tone.wav, false", "tone.flac, true"})
  void wavLoadsNoNativeLibrary(String name, boolean loads) throws Exception {
    Path log = folder.resolve("classes.log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                classPath(),
                Listener.class.getName(),
                golden(name).toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(folder.resolve("out.txt"))).contains("7200");
    List<String> classes = Files.readAllLines(log);
    assertThat(classes).anyMatch(c -> c.contains(SoundFile.class.getName()));
    assertThat(classes.stream().anyMatch(c -> c.contains("org.bytedeco"))).isEqualTo(loads);
  }

  /** Of this process, which may have loaders of its own. */
  private static String classPath() {
    StringBuilder path = new StringBuilder(System.getProperty("java.class.path"));
    if (SoundFormatsIT.class.getClassLoader() instanceof URLClassLoader own) {
      for (URL url : own.getURLs()) {
        path.append(File.pathSeparator).append(new File(url.getPath()));
      }
    }
    return path.toString();
  }

  /** The process that is asked. */
  static final class Listener {
    private Listener() {}

    public static void main(String[] args) {
      System.out.println(Wav.read(Path.of(args[0])).samples());
    }
  }

  private static Path golden(String name) {
    try {
      return Path.of(SoundFormatsIT.class.getResource("/golden/sounds/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
