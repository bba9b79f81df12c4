package org.hearsight.app.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.hearsight.app.console.CameraOptions;
import org.hearsight.app.console.ConsoleProgress;
import org.hearsight.app.console.FoaFormatOption;
import org.hearsight.app.console.ModelOption;
import org.hearsight.app.console.MonitorOption;
import org.hearsight.app.console.OptionValues;
import org.hearsight.app.console.Reads;
import org.hearsight.app.console.RobotOptions;
import org.hearsight.app.console.Threads;
import org.hearsight.app.live.Device;
import org.hearsight.app.live.DriftKeeper;
import org.hearsight.app.live.FileSource;
import org.hearsight.app.live.HopTimes;
import org.hearsight.app.live.LiveLines;
import org.hearsight.app.live.LiveOutput;
import org.hearsight.app.live.OdasLines;
import org.hearsight.app.live.PcmSource;
import org.hearsight.app.live.Rosbridge;
import org.hearsight.app.live.SoundSource;
import org.hearsight.app.live.ViewFolder;
import org.hearsight.app.live.ViewWatch;
import org.hearsight.core.audio.Foa;
import org.hearsight.core.audio.FoaFormat;
import org.hearsight.core.audio.FoaStream;
import org.hearsight.core.audio.PcmLayout;
import org.hearsight.core.audio.SoundQueue;
import org.hearsight.core.drift.DriftFile;
import org.hearsight.core.progress.Progress;
import org.hearsight.core.progress.Stop;
import org.hearsight.core.track.HazardEvent;
import org.hearsight.core.track.HazardTracker;
import org.hearsight.core.vision.ViewReader;
import org.hearsight.inference.Hearsight;
import org.hearsight.inference.Listener;
import org.hearsight.inference.LiveAnswer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hearsight listen}. */
@Command(
    name = "listen",
    mixinStandardHelpOptions = true,
    description =
        "Listens to a stream and says ten times a second which hazards there are and where; ends"
            + " with the sound, or with Ctrl-C (docs/listen.md).")
public final class ListenCommand implements Callable<Integer> {
  /** Sound that may wait, seconds: older sound gives way where it is live. */
  private static final int QUEUE_SECONDS = 2;

  private static final int MOST_CHANNELS = 256;

  private static final Path STANDARD_INPUT = Path.of("-");

  @Spec private CommandSpec spec;
  @Mixin private CameraOptions cameraOptions;
  @Mixin private Threads threads;
  @Mixin private ModelOption model;
  @Mixin private FoaFormatOption foaFormat;
  @Mixin private RobotOptions robot;
  @Mixin private MonitorOption monitor;

  @ArgGroup(multiplicity = "1")
  private Source source;

  /** Where the sound comes from. */
  private static final class Source {
    @Option(
        names = "--audio",
        required = true,
        paramLabel = "FILE",
        description = "A recording; - for samples without a header on standard input.")
    @Reads
    private Path audio;

    @Option(
        names = "--device",
        required = true,
        paramLabel = "NAME",
        description = "A device that captures sound, by a part of its name.")
    private String device;
  }

  @Option(
      names = "--rate",
      defaultValue = "48000",
      paramLabel = "HZ",
      description = "Sample rate of --audio - and --device (default: ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--encoding",
      defaultValue = "S16LE",
      description =
          "Samples of --audio -, one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private PcmLayout.Sample encoding;

  @Option(
      names = "--channels",
      defaultValue = "4",
      paramLabel = "N",
      description = "Channels of --audio - and --device (default: ${DEFAULT-VALUE}).")
  private int channels;

  @Option(
      names = "--realtime",
      description =
          "Take the sound as live: a file is played at its pace, and what of standard input cannot"
              + " be answered in time is dropped and counted.")
  private boolean realtime;

  @ArgGroup private Views views;

  /** What is seen meanwhile. */
  private static final class Views {
    @ArgGroup(exclusive = false)
    private Standing standing;

    @Option(
        names = "--view-dir",
        required = true,
        paramLabel = "DIR",
        description =
            "Folder that frames are put into while this listens: NAME.depth.png, then NAME.rgb.png;"
                + " the last by name is seen.")
    @Reads
    private Path folder;
  }

  /** A view that stays. */
  private static final class Standing {
    @Option(names = "--rgb", paramLabel = "FILE", description = "Picture, as of imagine.")
    @Reads
    private Path rgb;

    @Option(names = "--depth", paramLabel = "FILE", description = "Depth, as of imagine.")
    @Reads
    private Path depth;
  }

  @ArgGroup private Form form = new Form();

  /** How it is printed. */
  private static final class Form {
    @Option(names = "--json", description = "Print a JSON object a line, one every 100 ms.")
    private boolean json;

    @Option(
        names = "--odas",
        description = "Print a line every 100 ms as ODAS writes tracked sources (docs/robots.md).")
    private boolean odas;
  }

  @Option(names = "--map", description = "Objects hold the map of places of each hazard.")
  private boolean map;

  @Option(names = "--timings", description = "Say at the end how long the answers took.")
  private boolean timings;

  @Override
  public Integer call() {
    // Values before files: wrong usage is said whatever the files hold.
    ViewReader.Options camera = OptionValues.of(spec, this::values);
    Progress progress = ConsoleProgress.standard();
    SoundSource sound = sound(progress::note);
    ViewReader.Seen standing = standing(camera);
    standing.notes().forEach(progress::note);
    ViewFolder folder =
        views == null || views.folder == null
            ? null
            : new ViewFolder(views.folder, camera, progress::note);
    try (Hearsight hearsight = model.load(threads.count());
        DriftFile drift = monitor.open(hearsight)) {
      Listener listener = hearsight.listener().withoutWeights(); // which nothing prints
      if (drift != null) {
        listener.monitoredBy(drift.monitor());
      }
      listener.see(standing.view());
      ViewWatch watch =
          folder == null ? null : ViewWatch.start(folder, listener::see, progress::note);
      try (Rosbridge bridge = robot.start(progress::note)) {
        progress.note("listening");
        HopTimes times = listen(sound, listener, outputs(bridge, drift));
        if (times.isEmpty()) {
          progress.note("the sound ended before there was enough of it to answer");
        }
        if (timings) {
          progress.note(times.line());
        }
      } finally {
        if (watch != null) {
          watch.close(); // before the model, which it may be asking
        }
      }
    }
    return 0;
  }

  private ViewReader.Options values() {
    FoaStream unused = new FoaStream(rate, FoaFormat.AMBIX); // refuses a rate that no sound has
    if (channels < 1 || channels > MOST_CHANNELS) {
      throw new IllegalArgumentException(
          "--channels: " + channels + ", expected 1 to " + MOST_CHANNELS);
    }
    if (map && !form.json) {
      throw new IllegalArgumentException("--map: only objects hold it; give --json, too");
    }
    robot.check();
    monitor.check();
    return cameraOptions.values();
  }

  private SoundSource sound(Consumer<String> notes) {
    FoaFormat said = foaFormat.format();
    FoaFormat format = said == null ? FoaFormat.AMBIX : said;
    PcmLayout layout = new PcmLayout(rate, channels, encoding, format);
    if (source.device != null) {
      return Device.open(source.device, layout);
    }
    if (source.audio.equals(STANDARD_INPUT)) {
      return new PcmSource(System.in, "standard input", layout, realtime);
    }
    long unused = Foa.length(source.audio, said); // refuses what is not a recording before loading
    return new FileSource(source.audio, said, realtime, notes);
  }

  private ViewReader.Seen standing(ViewReader.Options camera) {
    ViewReader.Options options = camera;
    if (views != null && views.standing != null) {
      Standing files = views.standing;
      options = files.rgb == null ? options : options.withRgb(files.rgb);
      options = files.depth == null ? options : options.withDepth(files.depth);
    }
    return ViewReader.read(options);
  }

  private List<LiveOutput> outputs(Rosbridge bridge, DriftFile drift) {
    PrintWriter out = spec.commandLine().getOut();
    List<LiveOutput> outputs = new ArrayList<>();
    outputs.add(form.odas ? new OdasLines(out) : new LiveLines(out, form.json, map));
    if (bridge != null) {
      outputs.add(robot.topics(bridge));
    }
    if (drift != null) {
      outputs.add(new DriftKeeper(drift));
    }
    return outputs;
  }

  /** Answers until the sound ends, and says what ends with it, however that comes. */
  private static HopTimes listen(SoundSource sound, Listener listener, List<LiveOutput> outputs) {
    SoundQueue queue = new SoundQueue(QUEUE_SECONDS * Foa.SAMPLE_RATE);
    HazardTracker tracker = new HazardTracker(HazardTracker.Settings.DEFAULT);
    HopTimes times = new HopTimes();
    Thread capture = SoundSource.start(sound, queue);
    try {
      for (Optional<SoundQueue.Piece> next = queue.take(); next.isPresent(); next = queue.take()) {
        SoundQueue.Piece piece = next.get();
        long start = System.nanoTime();
        listener.drop(piece.dropped());
        List<LiveAnswer> answers = listener.push(piece.channels(), piece.captured());
        for (LiveAnswer answer : answers) {
          List<HazardEvent> events = tracker.update(answer.seconds(), answer.imagination());
          outputs.forEach(output -> output.print(answer, events));
        }
        times.add(answers.size(), System.nanoTime() - start);
        Stop.check();
      }
    } catch (InterruptedException e) {
      throw new CancellationException("stopped");
    } finally {
      capture.interrupt();
      List<HazardEvent> last = tracker.end();
      outputs.forEach(output -> output.end(last));
    }
    return times;
  }
}
