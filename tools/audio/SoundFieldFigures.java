import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.SoundField;

/**
 * What {@link SoundField} says of right recordings, and of the same in wrong forms: the figures in
 * docs/inputs.md. Recordings longer than 5 s are judged in pieces of 5 s.
 *
 * <pre>java -cp CORE_AND_ITS_LIBRARIES tools/audio/SoundFieldFigures.java MOST FOLDER…</pre>
 */
public final class SoundFieldFigures {
  private static final Map<String, UnaryOperator<float[][]>> FORMS = new LinkedHashMap<>();

  static {
    FORMS.put("right", foa -> foa);
    FORMS.put("N3D", FoaFormat.ACN_N3D::fromFoa);
    FORMS.put("FuMa", FoaFormat.FUMA::fromFoa);
    FORMS.put("FuMa's order", foa -> new float[][] {foa[0], foa[3], foa[1], foa[2]});
    FORMS.put("W and Y exchanged", foa -> new float[][] {foa[1], foa[0], foa[2], foa[3]});
    FORMS.put("W and Z exchanged", foa -> new float[][] {foa[2], foa[1], foa[0], foa[3]});
    FORMS.put("W and X exchanged", foa -> new float[][] {foa[3], foa[1], foa[2], foa[0]});
    FORMS.put("four cardioids", FoaFormat.of("a-format:tetrahedron")::fromFoa);
    FORMS.put("ambeo-vr", FoaFormat.of("a-format:ambeo-vr")::fromFoa);
    FORMS.put("starss23-mic", FoaFormat.of("a-format:starss23-mic")::fromFoa);
  }

  public static void main(String[] args) throws IOException {
    int most = Integer.parseInt(args[0]);
    for (int a = 1; a < args.length; a++) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(Path.of(args[a]))) {
        files = new ArrayList<>(all.filter(f -> f.toString().endsWith(".wav")).sorted().toList());
      }
      Collections.shuffle(files, new Random(1));
      Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
      int clips = 0;
      for (Path file : files.subList(0, Math.min(most, files.size()))) {
        float[][] whole = Foa.read(file).channels();
        for (int from = 0;
            from == 0 || from + Foa.CLIP_SAMPLES <= whole[0].length;
            from += Foa.CLIP_SAMPLES) {
          int to = Math.min(whole[0].length, from + Foa.CLIP_SAMPLES);
          float[][] clip = new float[4][];
          for (int c = 0; c < 4; c++) {
            clip[c] = java.util.Arrays.copyOfRange(whole[c], from, to);
          }
          clips++;
          for (Map.Entry<String, UnaryOperator<float[][]>> form : FORMS.entrySet()) {
            if (args[0].startsWith("0") && !form.getKey().equals("right")) {
              continue;
            }
            String said =
                SoundField.doubt(form.getValue().apply(clip))
                    .map(d -> d.replaceAll("[0-9.]+", "#"))
                    .orElse("");
            counts
                .computeIfAbsent(form.getKey(), f -> new TreeMap<>())
                .merge(said, 1, Integer::sum);
            if (form.getKey().equals("right") && !said.isEmpty()) {
              System.out.println("  " + file + ": " + said);
            }
          }
        }
      }
      System.out.println(args[a] + ": " + clips + " clips");
      for (Map.Entry<String, Map<String, Integer>> form : counts.entrySet()) {
        int quiet = form.getValue().getOrDefault("", 0);
        System.out.printf(
            "  %-18s noted %5.1f %%  ", form.getKey(), 100.0 * (clips - quiet) / clips);
        form.getValue()
            .forEach(
                (k, v) ->
                    System.out.print(
                        k.isEmpty()
                            ? ""
                            : v + " × " + k.substring(0, Math.min(45, k.length())) + "; "));
        System.out.println();
      }
    }
  }
}
